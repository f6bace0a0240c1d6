import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchCommand } from '../../runtime/commands/fetch.ts';
import { readFlags } from '../../runtime/commands/flags.ts';
import { MANIFEST, placeOf } from '../../runtime/delivery/place.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import { render } from '../../runtime/model/render.ts';
import { ENVIRONMENT, SHAPES } from '../model/render/models.ts';
import { SHOP } from '../model/render/pool-models.ts';
import { CHURN, CLICKS, MODERATION } from '../model/render/queue-models.ts';
import { aStatus } from '../model/render/statuses.ts';
import { ASSISTANT } from '../model/render/vllm-models.ts';
import { ROOT } from '../support/sources.ts';

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string }[];
}

/** Every container of Weir's image, of models of each shape and of a pool. */
function containers(): readonly Container[] {
  const models = [...Object.values(SHAPES), ASSISTANT, MODERATION, CLICKS, CHURN];
  const objects: readonly unknown[] = [
    ...models.flatMap((model) => render(model, aStatus(model), ENVIRONMENT)),
    ...renderPool(SHOP, [], ENVIRONMENT),
  ];
  const found: Container[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isContainer(value)) found.push(value);
    for (const child of Object.values(value)) visit(child);
  };
  visit(objects);
  return found;
}

const isContainer = (value: object): value is Container => 'image' in value && value.image === ENVIRONMENT.images.weir;

test('every command that a rendered container starts is in the image, or stands in docs/image.md with what it waits for', () => {
  const page = readFileSync(join(ROOT, 'docs/image.md'), 'utf8');
  const commands = new Set(containers().map(({ args }) => args[0] ?? ''));
  expect([...commands].sort()).toEqual(['fetch', 'load', 'proxy', 'score']);
  expect([...commands].filter((command) => !page.includes(`| \`${command}\` |`) && !page.includes(`| \`${command} --`))).toEqual([]);
});

test('the image takes each flag that a rendered init container gives to fetch', () => {
  const fetches = containers().filter(({ args }) => args[0] === 'fetch');
  expect(fetches.some(({ args }) => args.some((arg) => arg.startsWith('--check=')))).toBe(true);
  for (const { args, env } of fetches) {
    const given = readFlags(fetchCommand.flags, args.slice(1));
    const { bucket, prefix } = placeOf(given.required('manifest'));
    expect(`s3://${bucket}/${prefix}${MANIFEST}`).toBe(given.value('manifest'));
    expect(given.required('digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(given.required('to')).toMatch(/^\/models\//);
    expect(env?.map(({ name }) => name)).toContain('AWS_REGION');
  }
});
