import type { EffectiveFeatures } from './features-file.ts';
import type { Origins } from './layers/origin.ts';
import type { EffectiveModel } from './model-file.ts';
import type { Finding, Path } from './read/locate.ts';
import type { Problem } from './read/problem.ts';
import type { EffectiveTenant } from './tenant-file.ts';

/** A model with the tenant whose folder it lies in: the whole spec of a `Model` object. */
export type TenantModel = EffectiveModel & { readonly tenant: string };

/** A model file that was read. Thousands are kept at once: the text stays, the parsed document does not. */
export interface LoadedModel {
  readonly path: string;
  readonly model: TenantModel;
  readonly origins: Origins;
  /** A finding about this file, at its line and column: parses the text again. */
  locate(finding: Finding): Problem;
}

/** A model file with mistakes of its own: nothing serves it, and its other parts are still held against the files around it. */
export interface DoubtfulModel {
  readonly loaded: LoadedModel;
  /** What is wrong, or was left out because it is: nothing that depends on it is told. */
  readonly damaged: readonly Path[];
}

/** A tenant's folder. `tenant` is null without a `tenant.yaml`, `features` without a `features.yaml`. */
export interface LoadedTenant {
  readonly name: string;
  /** The folder, as the person named it. */
  readonly path: string;
  readonly tenant: EffectiveTenant | null;
  readonly features: EffectiveFeatures | null;
  /** A finding about `tenant.yaml`, or about `features.yaml`. */
  locateTenant(finding: Finding): Problem;
  locateFeatures(finding: Finding): Problem;
}

/** A folder of tenants: what is right in itself, and everything that is wrong in single files. Checks across files come after. */
export interface LoadedFolder {
  /** Sorted by name. */
  readonly tenants: readonly LoadedTenant[];
  /** Sorted by tenant and name. */
  readonly models: readonly LoadedModel[];
  /** Models whose own mistakes are in `problems`. */
  readonly doubtful: readonly DoubtfulModel[];
  /** By file and line. */
  readonly problems: readonly Problem[];
  /** Every file that was looked at, right or wrong, as absolute paths. */
  readonly files: readonly string[];
}
