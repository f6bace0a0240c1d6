import { isDeepStrictEqual } from 'node:util';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';
import { render } from '../../runtime/model/render.ts';
import { type RenderFor, statusOf } from '../render/objects.ts';
import { type ExpectedTime, expectedTime } from './expected-time.ts';
import { placeOf } from './fields.ts';
import { identityChanges } from './identity.ts';
import { type ObjectChanges, objectChanges } from './objects.ts';

/** What a changed file does to the model that serves. */
export type Effect =
  | {
      /** A new version, or the same one otherwise built: it must earn its traffic. */
      readonly kind: 'rollout';
      readonly preset: string;
      /** The fields that make it another version. */
      readonly because: readonly string[];
      readonly expected: ExpectedTime;
      /** How long the new version then serves everybody while the old one stays warm: `24h`. */
      readonly bake: string;
      /** GPUs that the second copy needs until the first one is gone. */
      readonly gpus: number;
      /** `rollout.suspend`: it waits until that is false. */
      readonly suspended: boolean;
    }
  /** The same version in other pods: they are replaced one at a time, and that stops when the new ones fail (10-rollout, 1). */
  | { readonly kind: 'restart' }
  /** No pod is touched. */
  | { readonly kind: 'none' };

/** What the change of a model from one spec to another starts, and what becomes of its objects. */
export function effectOf(from: TenantModel, to: TenantModel, given: RenderFor): { readonly effect: Effect; readonly objects: ObjectChanges } {
  const before = render(from, statusOf(from, given), given.environment);
  const because = identityChanges(from, to);
  if (because.length > 0) {
    const { preset, suspend, bake } = to.rollout;
    const { gpu, gpus = 1, mode, autoscaling } = to.serving;
    const copy = gpu === 'whole' && mode === 'dedicated' && to.pattern !== 'batch' ? gpus * autoscaling.min : 0;
    const other = { ...given, slot: 'b' } as const; // beside the one that serves
    return {
      effect: {
        kind: 'rollout',
        preset,
        because: because.map(placeOf),
        expected: expectedTime(to),
        bake: bake.duration,
        gpus: copy,
        suspended: suspend,
      },
      objects: objectChanges(before, render(to, statusOf(to, other), given.environment)),
    };
  }
  const after = render(to, statusOf(to, given), given.environment);
  const isRestarted = !isDeepStrictEqual(templatesOf(before), templatesOf(after));
  return { effect: { kind: isRestarted ? 'restart' : 'none' }, objects: objectChanges(before, after) };
}

const templatesOf = (objects: readonly KubernetesObject[]): readonly unknown[] =>
  objects.flatMap(({ kind, spec }) =>
    kind === 'Deployment' && typeof spec === 'object' && spec !== null && 'template' in spec ? [spec.template] : [],
  );
