/* oxlint-disable eslint/no-new -- a resource is made for the engine, which keeps it */
import * as aws from '@pulumi/aws';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { Models } from '../../components/model/models.ts';
import { TenantGuard } from '../../components/tenant/guard.ts';
import { Tenant } from '../../components/tenant/tenant.ts';
import { GROUND, modelsOf, tenantOf } from './made.ts';

/** What test/tenants/removal.slow.test.ts runs: the tenants that `weir:tenants` names, with one model each, on a ground that is there. */
export function tenantsProgram(): void {
  const config = new pulumi.Config('weir');
  const providers = [new aws.Provider('aws', { region: 'eu-west-1' }), new k8s.Provider('k8s', { kubeconfig: '{}', clusterIdentifier: 'test' })];
  const names = config.require('tenants').split(' ');
  const made = names.map((name) => {
    const own = modelsOf(name, ['m']);
    const args = {
      env: 'prod',
      region: 'eu-west-1',
      partition: 'aws',
      tenant: tenantOf(name),
      models: own,
      dataPolicy: 'keep',
      ground: GROUND,
      after: [],
    } as const;
    return { name, own, tenant: args.tenant, built: new Tenant(`prod-tenant-${name}`, args, { providers }) };
  });
  const list = made.flatMap(({ own, built }) => own.map((model) => ({ model, after: built.readyFor(model) })));
  const models = new Models('prod-model', { models: list }, { providers });
  for (const { name, tenant, built } of made) {
    const guards = [...built.leaves, ...models.of(name)];
    new TenantGuard(`prod-tenant-${name}-guard`, { tenant, dataPolicy: 'keep', guards }, { providers, parent: built });
  }
}
