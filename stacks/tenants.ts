import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { PlatformOutputs } from './refs.ts';
import type { Settings } from './settings/settings-file.ts';

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

/** One tenant file: everything that a tenant has; one model file: one `Model` (30-platform, 6). */
export function buildTenants(_below: BelowTenants): void {}
