import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from '../../cli/generate/index.ts';
import { ROOT } from '../support/sources.ts';

test('no generated file is stale: npm run generate makes them', { timeout: 120_000 }, async () => {
  const stale: string[] = [];
  for await (const [path, text] of generatedFiles()) {
    const file = join(ROOT, path);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.push(path);
  }
  expect(stale).toEqual([]);
});

test('every generated file says so in its first line, and names what to edit instead', async () => {
  for await (const [path, text] of generatedFiles())
    expect(`${path}: ${text.split('\n', 1)[0]}`).toMatch(/made by `npm run generate`; edit [a-z./, 0-9_-]+ instead/);
});
