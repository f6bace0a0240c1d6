/**
 * Where a value of an effective spec comes from, the lowest first; a higher one wins. `derived`: computed from another field
 * of the same model, after all others.
 */
export type Layer = 'platform' | 'profile' | 'tenant' | 'preset' | 'file' | 'derived';

export interface Origin {
  readonly layer: Layer;
  /** In words: `platform default`, `profile prod`, `tenants/payments/tenant.yaml:7`, `preset standard`, `line 5`, `from serving.latency`. */
  readonly text: string;
}

/** Origins by the path of each leaf, as messages write paths: `serving.batching.delay`, `rollout.steps[0].weight`. */
export type Origins = ReadonlyMap<string, Origin>;
