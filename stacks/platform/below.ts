import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { Hooks } from '../../components/base.ts';
import type { FoundationOutputs } from '../refs.ts';
import type { Settings } from '../settings/settings-file.ts';

/** What every part of the platform stands on. */
export interface Below {
  readonly settings: Settings;
  readonly foundation: FoundationOutputs;
  readonly hooks: Hooks;
  /** Options with the provider of AWS. */
  readonly cloud: ComponentResourceOptions;
  /** Options with the providers of AWS and of Kubernetes. */
  readonly inside: ComponentResourceOptions;
}

/** A part that is there: what the next wave depends on, and what goes after it. */
export interface Part {
  readonly ready: readonly Resource[];
}

/** How many of each controller: an environment where nobody is woken has one. */
export function replicasOf({ profile }: Settings): 1 | 2 {
  return profile === 'dev' ? 1 : 2;
}
