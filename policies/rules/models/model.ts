import type { Reader } from '../../reader.ts';

export const MODEL = 'weir.dev/Model';

/** What the rollout controller makes of a model carries it. */
const OF_A_MODEL = ['metadata', 'labels', 'weir.dev/model'];

/** Whether it is part of what a model becomes; other people's Deployments are not. */
export const belongsToModel = (object: Reader): boolean => object.has(OF_A_MODEL);

/** A `Model` with the least that rules read, for fixtures. */
export const aModel = (spec: Readonly<Record<string, unknown>>) => ({
  apiVersion: 'weir.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'fraud', namespace: 'tenant-payments', labels: { 'weir.dev/tenant': 'payments', 'weir.dev/model': 'fraud' } },
  spec: { tenant: 'payments', model: 'fraud', pattern: 'online', ...spec },
});
