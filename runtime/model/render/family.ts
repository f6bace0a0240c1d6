import type { TenantModel } from '../loaded.ts';
import type { VersionRef } from '../status.ts';

/** Stands for the member in the internal name of a family: no other name of Kubernetes or Triton holds it. */
export const MEMBER = '*';

/** Hex digits of the digest in a name: they part two versions of one number, such as after `registry.model` was changed. */
const DIGEST_DIGITS = 8;

/**
 * What Triton calls one version of one model in a shared pool: `fraud--v7-4be1c0de`, and for a family `eta.*--v7-4be1c0de` with `*` in
 * the member's place. A version has a name of its own because the load API knows models, not versions (10-rollout, 10); the digest is in it
 * because a name that meant two contents would be answered by whichever was loaded first.
 *
 * It names one folder of the repository and one path segment: letters, digits, `.`, `_`, `-`, at most 176 characters. No two of one
 * tenant's models, versions and members share it: names of models and members hold neither `.` nor `_`.
 */
export function internalName(model: Pick<TenantModel, 'model' | 'serving'>, { version, digest }: VersionRef): string {
  const content = digest.slice('sha256:'.length, 'sha256:'.length + DIGEST_DIGITS);
  const family = model.serving.family === undefined ? '' : `.${MEMBER}`;
  return `${undashed(model.model)}${family}--v${version}-${content}`;
}

/** The internal name of one member, from its family's: what the proxy asks Triton for once the header named the member. */
export function memberName(family: string, member: string): string {
  return family.replace(MEMBER, () => undashed(member));
}

/** A name without `--`, which ends it in an internal name. Nothing is lost: names of models and members have no `_`. */
function undashed(name: string): string {
  return name.replaceAll('--', '-_');
}
