import { isDeepStrictEqual } from 'node:util';
import type { Hash64 } from '../../../runtime/model/hash.ts';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { RenderEnvironment } from '../../../runtime/model/render/types.ts';
import { type Effect, effectOf } from '../../diff/effect.ts';
import type { Graph } from '../../graph/node.ts';
import { modelsOf } from './planned.ts';

/** A model whose file says otherwise than the commit's. */
export interface ModelChange {
  readonly tenant: string;
  readonly model: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** `7`, or the alias that is followed; null where there is no such model. */
  readonly from: string | null;
  readonly to: string | null;
  /** What an `up` starts; null for one that is new or goes. */
  readonly effect: Effect | null;
}

interface Sides {
  readonly base: Graph;
  readonly here: Graph;
}

/** What becomes of models, by tenant and name: what the controller will do about each. Pure. */
export function modelChanges({ base, here }: Sides, environment: RenderEnvironment, hash: Hash64): readonly ModelChange[] {
  const [old, now] = [byName(base), byName(here)];
  return [...new Set([...now.keys(), ...old.keys()])].sort().flatMap((name): readonly ModelChange[] => {
    const [from, to] = [old.get(name), now.get(name)];
    const named = from ?? to;
    if (named === undefined || isDeepStrictEqual(from, to)) return [];
    const about = { tenant: named.tenant, model: named.model, from: versionOf(from), to: versionOf(to) };
    if (from === undefined) return [{ ...about, kind: 'added', effect: null }];
    if (to === undefined) return [{ ...about, kind: 'removed', effect: null }];
    const { effect } = effectOf(from, to, { environment, slot: 'a', hash });
    return [{ ...about, kind: 'changed', effect }];
  });
}

const byName = (graph: Graph): ReadonlyMap<string, TenantModel> => new Map(modelsOf(graph).map((model) => [`${model.tenant}/${model.model}`, model]));

/** `8`, or `@candidate` of a model that follows an alias. */
export function versionOf(model: TenantModel | undefined): string | null {
  if (model === undefined) return null;
  const { version, follow } = model.registry;
  return version ?? `@${follow ?? 'candidate'}`;
}
