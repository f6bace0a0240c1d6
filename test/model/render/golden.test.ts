import { expect, test } from 'vitest';
import { render } from '../../../runtime/model/render.ts';
import { goldenText, reviewable } from '../../support/golden.ts';
import { CONTAINER, ENVIRONMENT, GPU, MOUNTPOINT, STICKY } from './models.ts';
import { aStatus } from './statuses.ts';

const both = ['7', '8'] as const;

/** What a person reviews when rendering changes: `UPDATE_GOLDENS=1` writes them anew. */
test.each([
  ['fraud-gpu-shadowing', GPU, aStatus(GPU, { versions: both, phase: 'Shadowing', mirror: 10 })],
  ['ranking-sticky-stepping', STICKY, aStatus(STICKY, { versions: both, phase: 'Stepping', weight: 1_000 })],
  ['eta-container-baking', CONTAINER, aStatus(CONTAINER, { versions: both, phase: 'Baking', stableSlot: 'b', mirror: 10 })],
  ['embeddings-mountpoint-stable', MOUNTPOINT, aStatus(MOUNTPOINT)],
])('%s renders as reviewed', (name, model, status) => {
  const text = reviewable(render(model, status, ENVIRONMENT));
  expect(text).toBe(goldenText(`render/${name}.yaml`, text));
});
