import { expect, test } from 'vitest';
import { renderPool } from '../../../runtime/model/render/pool.ts';
import { endpointSlices } from '../../../runtime/model/render/pool-slices.ts';
import type { KubernetesObject } from '../../../runtime/model/render/types.ts';
import { render } from '../../../runtime/model/render.ts';
import { goldenText, reviewable } from '../../support/golden.ts';
import { ENVIRONMENT } from './models.ts';
import { aMember, FAMILY, POOL, SHOP } from './pool-models.ts';
import { CHURN, CLICKS, MODERATION } from './queue-models.ts';
import { aStatus } from './statuses.ts';
import { ASSISTANT } from './vllm-models.ts';

const both = ['7', '8'] as const;
const stepping = { versions: both, phase: 'Stepping', weight: 500 } as const;

const RANK = aMember('rank', { traffic: { usual: 90, peak: 300, compute: '6ms' } });
const members = [
  { model: RANK, status: aStatus(RANK, stepping) },
  ...['related', 'spelling'].map((name) => ({ model: aMember(name), status: aStatus(aMember(name)) })),
  { model: FAMILY, status: aStatus(FAMILY, { versions: both, phase: 'Shadowing', mirror: 10 }) },
];

const pods = [1, 2, 3].map((index) => ({
  name: `default-pool-${index}`,
  address: `10.20.0.${index}`,
  node: `node-${index}`,
  zone: 'eu-west-1a',
  ready: true,
}));

/** What a person reviews when rendering changes: `UPDATE_GOLDENS=1` writes them anew. */
test.each<[string, readonly KubernetesObject[]]>([
  ['assistant-vllm-stepping', render(ASSISTANT, aStatus(ASSISTANT, { ...stepping, weight: 1_000 }), ENVIRONMENT)],
  ['shop-pool-with-family', renderPool(SHOP, members, ENVIRONMENT)],
  ['rank-member-stepping', [...render(RANK, aStatus(RANK, stepping), ENVIRONMENT), ...endpointSlices(RANK, POOL, 'b', pods)]],
  ['churn-batch-stepping', render(CHURN, aStatus(CHURN, stepping), ENVIRONMENT)],
  ['moderation-async-shadowing', render(MODERATION, aStatus(MODERATION, { versions: both, phase: 'Shadowing', mirror: 10 }), ENVIRONMENT)],
  ['clickstream-stable', render(CLICKS, aStatus(CLICKS), ENVIRONMENT)],
])('%s renders as reviewed', (name, objects) => {
  const text = reviewable(objects);
  expect(text).toBe(goldenText(`render/${name}.yaml`, text));
});
