import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Models } from '../components/model/models.ts';
import { TenantGuard } from '../components/tenant/guard.ts';
import { Tenant } from '../components/tenant/tenant.ts';
import type { PlatformOutputs } from './refs.ts';
import type { Settings } from './settings/settings-file.ts';
import { groundOf } from './tenants/ground.ts';
import { readTenants } from './tenants/read.ts';

/** What the tenants stand on. */
export interface BelowTenants {
  readonly settings: Settings;
  readonly platform: PlatformOutputs;
  /** Options with the provider of AWS. */
  readonly cloud: ComponentResourceOptions;
  /** Options with the providers of AWS and of Kubernetes. */
  readonly inside: ComponentResourceOptions;
  /** What has to be there before, when the platform is built in the same stack. */
  readonly after: readonly Resource[];
}

/**
 * One tenant file: everything that a tenant has; one model file: one `Model` (30-platform, 6). Models go before what they need of their tenant, tenants before the
 * platform (D5).
 * @throws ArgsError with every mistake of every file: nothing is planned of a folder that is wrong
 */
export function buildTenants({ settings, platform, inside, after }: BelowTenants): void {
  const { environment: env, region, partition, dataPolicy } = settings;
  const tenants = readTenants(settings);
  const ground = groundOf(settings, platform, tenants);
  const made = tenants.map(({ tenant, models: own }) => {
    const args = { env, region, partition, tenant, models: own, dataPolicy, ground, after };
    return { tenant, own, built: new Tenant(`${env}-tenant-${tenant.tenant}`, args, inside) };
  });
  const models = new Models(
    `${env}-model`,
    { models: made.flatMap(({ own, built }) => own.map((model) => ({ model, after: built.readyFor(model) }))) },
    inside,
  );
  for (const { tenant, built } of made) {
    const guards = [...built.leaves, ...models.of(tenant.tenant)];
    new TenantGuard(`${env}-tenant-${tenant.tenant}-guard`, { tenant, dataPolicy, guards }, { ...inside, parent: built });
  }
}
