import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runbookOf } from '../../components/observability/rules/manifest.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { ROOT } from '../support/sources.ts';
import { ALERTS, GROUPS } from './example.ts';

const FOLDER = join(ROOT, 'docs/runbooks');
const pageOf = (alert: string): string => readFileSync(join(FOLDER, `${runbookOf(alert)}.md`), 'utf8');

test('every alert has its page, and no page is of an alert that is gone', () => {
  const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(ALERTS.map(({ alert }) => `${runbookOf(alert)}.md`).sort());
});

test.each(ALERTS)('the page of $alert says what it means, what it does, what Weir has done, where to look and what to do', ({ alert, severity }) => {
  const page = pageOf(alert);
  expect(page.startsWith(`# ${alert}\n`)).toBe(true);
  for (const part of ['**Meaning.** ', '**Impact.** ', '**What Weir has done.** ', '\n## Check\n', '\n## Fix\n- ']) expect(page).toContain(part);
  const first = alert === 'Watchdog' ? "Sent to the dead man's switch" : { page: 'Pages', warn: 'A warning', info: 'Shown' }[severity];
  const group = GROUPS.find(({ alerts }) => alerts.some((one) => one.alert === alert))?.name;
  expect(page.split('\n')[2]).toMatch(new RegExp(`^${first}.*Group \`${group}\``));
  const lines = page.trimEnd().split('\n').length;
  expect(lines, 'a page is read at three in the morning').toBeLessThanOrEqual(40);
});

test('every setting that a page names exists, in the environment or in a file of tenants', () => {
  const schemas = ['stacks/settings/settings', 'tenants/schemas/model', 'tenants/schemas/tenant'].map((name): unknown =>
    JSON.parse(readFileSync(join(ROOT, `${name}.v1alpha1.json`), 'utf8')),
  );
  const known = new Set(schemas.flatMap((schema) => pathsOf(schema, schema)));
  const others = new Set(['features.yaml', 'min.insync.replicas', 'unclean.leader.election.enable']); // a file, and Kafka's own
  const named = readdirSync(FOLDER).flatMap((page) =>
    [...readFileSync(join(FOLDER, page), 'utf8').matchAll(/`([a-z]\w+(?:\.[a-zA-Z]+)+)`/g)].map((match) => match[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !known.has(path) && !others.has(path))).toEqual([]);
});

/** Dotted paths of all that a schema allows. */
function pathsOf(root: unknown, node: unknown, prefix = ''): readonly string[] {
  const resolved = resolve(root, node);
  if (!isMap(resolved) || prefix.split('.').length > 5) return [];
  const own = isMap(resolved.properties) ? Object.entries(resolved.properties) : [];
  const below = own.flatMap(([key, child]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...pathsOf(root, child, path)];
  });
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => (Array.isArray(resolved[key]) ? resolved[key] : []));
  return [...below, ...branches.flatMap((branch: unknown) => pathsOf(root, branch, prefix))];
}

function resolve(root: unknown, node: unknown): unknown {
  if (!isMap(node) || typeof node.$ref !== 'string' || !isMap(root) || !isMap(root.$defs)) return node;
  return resolve(root, root.$defs[node.$ref.split('/').at(-1) ?? '']);
}
