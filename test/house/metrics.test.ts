import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emittedMetrics } from '../support/emitted-metrics.ts';
import { ROOT } from '../support/sources.ts';

test('docs/metrics.md lists every metric with its type and labels, and nothing else', async () => {
  const registered = (await emittedMetrics()).map(({ name, type, labels }) => `${name} ${type} ${labels.join(', ')}`.trim());
  const page = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(weir_\w+)` \| (\w+) \|([^|]*)\|/gm)].map(([, name, type, labels]) =>
    `${name} ${type} ${labels?.trim()}`.trim(),
  );
  expect(listed.sort()).toEqual(registered.sort());
});
