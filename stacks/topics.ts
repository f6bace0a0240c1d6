/** A part of an environment that a stack may build on its own, from the bottom. */
export const LAYERS = ['foundation', 'platform', 'tenants'] as const;
export type Layer = (typeof LAYERS)[number];

/** Which layer builds the components of a folder under components/: `weir:<topic>:<Class>`. */
const TOPICS: Readonly<Record<Layer, readonly string[]>> = {
  foundation: [
    'keys',
    'storage',
    'audit-trail',
    'network',
    'cluster',
    'identity',
    'nodes',
    'postgres',
    'kafka',
    'valkey',
    'backup',
    'budget',
    'registry-images',
  ],
  platform: [
    'kubernetes',
    'topics',
    'karpenter',
    'gpu',
    'certificates',
    'secrets',
    'load-balancer',
    'observability',
    'gateway',
    'dns',
    'autoscaling',
    'training',
    'registry',
    'features',
    'lake',
    'tenant-roles',
    'runtime',
    'admission',
  ],
  tenants: ['tenant', 'model'],
};

/** The layer of a topic; null for what belongs to the stack itself, such as its provider. */
export function layerOf(topic: string): Layer | null {
  return LAYERS.find((layer) => TOPICS[layer].includes(topic)) ?? null;
}

/** The topics of a layer, in the order in which they are told. */
export function topicsOf(layer: Layer): readonly string[] {
  return TOPICS[layer];
}
