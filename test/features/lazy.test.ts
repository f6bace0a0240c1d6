import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/sources.ts';
import { tempFolder } from '../support/temp.ts';

const PROGRAM = `
const { createDuckDbFeatures } = await import(process.env.STORE);
process.report.excludeNetwork = true;
const loaded = () => process.report.getReport().sharedObjects.some((path) => /duckdb/.test(path));
const store = createDuckDbFeatures({ folderOf: () => process.env.FOLDER, report: () => undefined });
await store.keep([]);
const before = loaded();
const view = { name: 'v', entity: 'e', key: 'id', datatype: 'BYTES', freshnessSeconds: 1, ttlSeconds: 1, source: { file: 'v.csv', timestamp: 't' }, fields: {}, personal: [] };
await store.keep([{ tenant: 't', name: 's', keys: { id: 'BYTES' }, fields: {}, views: [view] }]);
console.log(JSON.stringify([before, loaded()]));
`;

test('DuckDB is loaded with the first view, so a platform without feature services pays nothing', () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'v.csv'), 'id,t\na,2026-05-01\n');
  const env = { ...process.env, FOLDER: folder.path, STORE: join(ROOT, 'runtime/features/duckdb/store.ts') };
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { env, encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual([false, true]);
});
