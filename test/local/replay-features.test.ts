import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { openSource, type SourceRow } from '../../runtime/local/replay/source.ts';
import { tinySpec } from '../support/gateway.ts';
import { tempFolder } from '../support/temp.ts';

const READING = tinySpec({
  features: {
    service: 'flights/places',
    keys: [{ name: 'city', kind: 'categorical', datatype: 'BYTES', log: 'hash' }],
    fields: ['place'],
    timeoutSeconds: 1,
    missing: 'nulls',
    freshnessSeconds: null,
  },
});

test('the replay of a model that reads features needs the columns that a caller sends, and no others', async () => {
  using folder = tempFolder();
  const file = join(folder.path, 'requests.parquet');
  const write = (columns: string): Promise<unknown> =>
    withDuckDb((sql) => sql.rows(`COPY (SELECT TIMESTAMP '2026-05-01' AS at, ${columns}) TO '${file}' (FORMAT parquet)`));
  await write(`100::FLOAT AS distance, 'Paris' AS city`);
  const source = await openSource(file, 'at', READING);
  const rows: SourceRow[] = [];
  for await (const row of source.from(source.firstTime)) rows.push(row);
  source.close();
  expect(rows).toMatchObject([{ features: { distance: 100, city: 'Paris' } }]);
  await write(`100::FLOAT AS distance, 'A' AS place`);
  await expect(openSource(file, 'at', READING)).rejects.toMatchObject({ problem: expect.stringContaining('has no column "city"') });
});
