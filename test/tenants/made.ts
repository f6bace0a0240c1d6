import { join } from 'node:path';
import type { Graph } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { Models } from '../../components/model/models.ts';
import { TenantGuard } from '../../components/tenant/guard.ts';
import type { TenantGround } from '../../components/tenant/plan.ts';
import { Tenant } from '../../components/tenant/tenant.ts';
import { effectiveTenant } from '../../runtime/model/layers/files.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import type { EffectiveTenant, TenantFile } from '../../runtime/model/tenant-file.ts';
import { standInCloud } from '../support/inputs/cloud.ts';
import { ROOT } from '../support/sources.ts';

/** A tenant as its file says, and the names of its models. */
export interface Made {
  readonly file: TenantFile;
  readonly models: readonly string[];
}

const EXAMPLES = loadFolder(join(ROOT, 'tenants'), { profile: profileOf('prod') }).models.map(({ model }) => model);

export const tenantFile = (tenant: string, more: Partial<TenantFile> = {}): TenantFile => ({
  tenant,
  owner: 'team',
  contacts: { email: 'team@example.com', slack: '#team' },
  groups: { developers: ['team'], operators: ['oncall'], readers: ['audit'] },
  ...more,
});

export const tenantOf = (tenant: string, more: Partial<TenantFile> = {}): EffectiveTenant => effectiveTenant(tenantFile(tenant, more));

/** Models of a tenant: the examples in turn, under these names. */
export function modelsOf(tenant: string, names: readonly string[]): readonly TenantModel[] {
  return names.map((model, index) => {
    const example = EXAMPLES[index % EXAMPLES.length];
    if (example === undefined) throw new Error('there are examples');
    return { ...example, tenant, model };
  });
}

/** The ground of a test. */
export const GROUND: TenantGround = {
  cluster: { name: 'weir-test', version: '1.35' },
  kafka: { arn: `arn:aws:kafka:eu-west-1:123456789012:cluster/weir-test/${'c'.repeat(36)}-12`, replication: 3 },
  buckets: { serving: 'weir-test-serving', lake: 'weir-test-lake', features: 'weir-test-features' },
  keys: { registry: 'arn:aws:kms:eu-west-1:123456789012:key/registry', data: 'arn:aws:kms:eu-west-1:123456789012:key/data' },
  roles: { serving: 'arn:aws:iam::123456789012:role/serving', training: 'arn:aws:iam::123456789012:role/training' },
  egressCidrs: ['10.20.0.0/16'],
  lake: { database: 'weir_test', deliveryRole: 'arn:aws:iam::123456789012:role/delivery', logGroup: '/aws/kinesisfirehose/weir-test-lake' },
};

/** Records these tenants with their models, as stacks/tenants.ts builds them. @throws when a name is taken twice */
export async function graphOfTenants(made: readonly Made[], env = 'test'): Promise<Graph> {
  const { graph, duplicates } = await record(
    () => {
      const all = made.map(({ file, models: names }) => {
        const tenant = effectiveTenant(file);
        const own = modelsOf(tenant.tenant, names);
        const args = { env, region: 'eu-west-1', partition: 'aws', tenant, models: own, dataPolicy: 'keep', ground: GROUND, after: [] } as const;
        return { tenant, own, built: new Tenant(`${env}-tenant-${tenant.tenant}`, args) };
      });
      const models = new Models(`${env}-model`, {
        models: all.flatMap(({ own, built }) => own.map((model) => ({ model, after: built.readyFor(model) }))),
      });
      const guarded = all.map(({ tenant, built }) => {
        const guards = [...built.leaves, ...models.of(tenant.tenant)];
        return new TenantGuard(`${env}-tenant-${tenant.tenant}-guard`, { tenant, dataPolicy: 'keep', guards }, { parent: built });
      });
      return { models: models.ready.length, guarded: guarded.length };
    },
    { state: standInCloud().state },
  );
  if (duplicates.length > 0) throw new Error(`registered twice: ${duplicates.join(', ')}`);
  return graph;
}
