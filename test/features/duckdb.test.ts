import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import type { FeatureService } from '../../runtime/features/catalogue.ts';
import { createDuckDbFeatures, type DuckDbFeatures } from '../../runtime/features/duckdb/store.ts';
import type { FeatureAnswer } from '../../runtime/features/port.ts';
import type { Element } from '../../runtime/serving/v2/tensor.ts';
import { type Fill, featureStoreContract, NOW, type StoredRow } from './contract.ts';

const csvText = (value: StoredRow[string] | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);

function csv(rows: readonly StoredRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [names.join(','), ...rows.map((row) => names.map((name) => csvText(row[name])).join(','))].join('\n');
}

/** A tenant's folder whose name would be a pattern, were it read as one. */
function tenantFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const root = mkdtempSync(join(tmpdir(), 'weir-features-'));
  const path = join(root, "tenant's [1]*?");
  mkdirSync(join(path, 'data'), { recursive: true });
  return { path, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

const filled =
  (write: (file: string, rows: readonly StoredRow[]) => Promise<string> | string): Fill =>
  async (catalogue, rows) => {
    const folder = tenantFolder();
    for (const [view, stored] of Object.entries(rows)) await write(join(folder.path, catalogue.views[view]?.source.file ?? ''), stored);
    const store = createDuckDbFeatures({ folderOf: () => folder.path, report: () => undefined });
    return {
      store,
      async [Symbol.asyncDispose]() {
        await store.close();
        folder[Symbol.dispose]();
      },
    };
  };

describe('DuckDB over CSV', () => {
  featureStoreContract(
    filled((file, rows) => {
      writeFileSync(file, csv(rows));
      return file;
    }),
  );
});

/** The same contract over Parquet: its files say `.csv` in the catalogue, so the catalogue is changed with them. */
const parquet: Fill = async (_catalogue, rows) => {
  const folder = tenantFolder();
  for (const [view, stored] of Object.entries(rows)) {
    const text = join(folder.path, 'data', `${view}.txt`);
    const to = join(folder.path, 'data', `${view}.parquet`).replaceAll("'", "''");
    writeFileSync(text, csv(stored));
    const from = text.replaceAll(/[*?[]/g, '[$&]').replaceAll("'", "''");
    const id = view === 'card_stats' ? 'card_id' : 'merchant_id';
    const types = view === 'card_stats' ? "{'card_id': 'VARCHAR', 'event_time': 'TIMESTAMPTZ'}" : "{'event_time': 'TIMESTAMP'}";
    await withDuckDb((sql) => sql.rows(`COPY (SELECT * FROM read_csv('${from}', types = ${types}) ORDER BY ${id} DESC) TO '${to}' (FORMAT parquet)`));
  }
  const store = createDuckDbFeatures({ folderOf: () => folder.path, report: () => undefined });
  return {
    store: { read: ({ service, ...rest }, signal) => store.read({ ...rest, service: asParquet(service) }, signal), close: () => store.close() },
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
};
describe('DuckDB over Parquet', () => {
  featureStoreContract(parquet);
});

function asParquet(service: FeatureService): FeatureService {
  return { ...service, views: service.views.map((view) => ({ ...view, source: { ...view.source, file: `data/${view.name}.parquet` } })) };
}

/** A service of one view. */
function service(changes: Partial<FeatureService['views'][number]> = {}): FeatureService {
  const fields = { spend: { kind: 'numeric', datatype: 'FP32', shape: 1 }, n: { kind: 'numeric', datatype: 'INT32', shape: 1 } } as const;
  const view = {
    name: 'card_stats',
    entity: 'card',
    key: 'card_id',
    datatype: 'BYTES',
    freshnessSeconds: 60,
    ttlSeconds: 86_400,
    source: { file: 'data/card_stats.csv', timestamp: 'event_time' },
    fields,
    personal: [],
    ...changes,
  } as const;
  return { tenant: 'payments', name: 'one', keys: { card_id: 'BYTES' }, fields: view.fields, views: [view] };
}

const HEAD = 'card_id,event_time,spend,n\n';
const AT = '2026-05-01T11:00:00Z';

class World {
  readonly folder = tenantFolder();
  readonly said: string[] = [];
  readonly store: DuckDbFeatures = createDuckDbFeatures({
    folderOf: () => this.folder.path,
    report: (text) => this.said.push(text),
    limits: { readMiB: 64, keepMiB: 1 },
  });

  write(text: string, name = 'data/card_stats.csv'): string {
    const file = join(this.folder.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  read(keys: readonly Element[], of = service()): Promise<FeatureAnswer> {
    return this.store.read({ service: of, keys: { card_id: keys }, time: NOW }, new AbortController().signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close();
    this.folder[Symbol.dispose]();
  }
}

describe('a file that changes', () => {
  test('is read again, and until then and while it is wrong the former rows answer', async () => {
    await using world = new World();
    world.write(`${HEAD}a,${AT},1.5,2\n`);
    expect((await world.read(['a'])).columns).toEqual({ spend: [1.5], n: [2] });
    world.write(`${HEAD}a,${AT},2.5,3\nb,${AT},7,8\n`);
    expect((await world.read(['a'])).columns.spend).toEqual([1.5]);
    await world.store.refresh();
    expect((await world.read(['a', 'b'])).columns.spend).toEqual([2.5, 7]);
    world.write(`${HEAD}a,${AT},many,3\n`);
    await world.store.refresh();
    await world.store.refresh();
    expect(world.said).toEqual([expect.stringMatching(/card_stats: .*has 1 row with a spend that is no FP32, such as "many"/)]); // once
    expect((await world.read(['a'])).columns.spend).toEqual([2.5]);
    world.write(`${HEAD}a,${AT},4,3\n`);
    await world.store.refresh();
    expect(world.said.at(-1)).toBe('features of view payments/card_stats can be read again');
    expect((await world.read(['a'])).columns.spend).toEqual([4]);
  });

  test('that goes away is told, and its rows go on ageing', async () => {
    await using world = new World();
    rmSync(world.write(`${HEAD}a,${AT},1.5,2\n`));
    await expect(world.read(['a'])).rejects.toThrow(/card_stats\.csv.* is not there/);
    world.write(`${HEAD}a,${AT},1.5,2\n`);
    await world.store.keep([service()]);
    expect((await world.read(['a'])).views[0]).toEqual({ view: 'card_stats', ages: [3_600], newestAge: 3_600 });
  });

  test('is let go with the last service that reads it', async () => {
    await using world = new World();
    const file = world.write(`${HEAD}a,${AT},1.5,2\n`);
    await world.store.keep([service()]);
    await world.store.keep([]);
    rmSync(file);
    await expect(world.read(['a'])).rejects.toThrow(/is not there/);
  });
});

describe('a file that is refused by name', () => {
  test.each([
    ['', 'is empty'],
    ['card_id,spend,n\na,1,1\n', 'has no column "event_time"; it has card_id, spend, n'],
    ['card_id;event_time;spend;n\n', 'has no column "card_id"; it has card_id;event_time;spend;n'],
    ['card_id,spend,event_time,n,n\n', 'has two columns "n"'],
    [`${HEAD},${AT},1,1\n`, 'has 1 row without card_id'],
    [`${HEAD}a,yesterday,1,1\nb,,1,1\n`, 'has 2 rows whose event_time is no time'],
    [`${HEAD}a,${AT},1,3.7\n`, 'has 1 row with a n that is no INT32, such as "3.7"'],
    [`${HEAD}a,${AT},1,3000000000\n`, 'has 1 row with a n that is no INT32, such as "3000000000"'],
    [`${HEAD}a,${AT},1,1,5,6\n`, 'cannot be read'],
    [`${HEAD}a,${AT}\n`, 'cannot be read'],
  ])('%j', async (text, problem) => {
    await using world = new World();
    const file = world.write(text);
    await expect(world.read(['a'])).rejects.toMatchObject({ path: file, problem: expect.stringContaining(problem) });
  });

  test('what is no Parquet file, and more entities than the platform keeps', async () => {
    await using world = new World();
    const file = world.write('no parquet', 'data/x.parquet');
    await expect(world.read(['a'], service({ source: { file: 'data/x.parquet', timestamp: 'event_time' } }))).rejects.toMatchObject({ path: file });
    world.write(HEAD + Array.from({ length: 8_000 }, (_, index) => `card-${index},${AT},1,1\n`).join(''));
    await expect(world.read(['a'])).rejects.toMatchObject({
      problem: expect.stringMatching(/has 8000 entities, which take about 2 MiB; .* at most 1 MiB/),
    });
  });

  test('a link that leads out of the folder of its tenant, and a view without a file', async () => {
    await using world = new World();
    using other = tenantFolder();
    writeFileSync(join(other.path, 'secret.csv'), `${HEAD}a,${AT},1,1\n`);
    symlinkSync(join(other.path, 'secret.csv'), join(world.folder.path, 'data', 'card_stats.csv'));
    await expect(world.read(['a'])).rejects.toMatchObject({ problem: 'is a link that leads out of the folder of its tenant' });
    await expect(world.read(['a'], service({ source: { table: 'card_stats', timestamp: 'event_time' } }))).rejects.toMatchObject({
      problem: 'names no file',
    });
  });
});

test('times are read with their offset, as UTC without one, and as seconds since 1970', async () => {
  await using world = new World();
  const times = {
    zoned: '2026-05-01T12:00:00+02:00',
    plain: '2026-05-01 10:00:00',
    day: '2026-05-01',
    seconds: '1777629600',
    zulu: '2026-05-01T10:00:00.000Z',
  };
  world.write(
    HEAD +
      Object.entries(times)
        .map(([key, time]) => `${key},${time},1,1\n`)
        .join(''),
  );
  expect((await world.read(Object.keys(times))).views[0]?.ages).toEqual([7_200, 7_200, 12 * 3_600, 7_200, 7_200]);
});

test('of two rows of the same time the later line of the file answers', async () => {
  await using world = new World();
  world.write(`${HEAD}a,${AT},1,1\na,${AT},2,1\na,${AT},3,1\n`);
  expect((await world.read(['a'])).columns.spend).toEqual([3]);
});

test('whatever rows a file has, each key gets what a plain search through them finds', async () => {
  const key = constantFrom('a', 'b', 'c', 'A', '0', '00', 'ä,"x');
  const row = record({ key, hours: integer({ min: 0, max: 30 }), n: integer({ min: -5, max: 5 }) });
  const asked = array(key, { minLength: 1, maxLength: 12 });
  await assert(
    asyncProperty(array(row, { maxLength: 30 }), asked, async (rows, keys) => {
      await using world = new World();
      const text = rows.map((one) => `"${one.key.replaceAll('"', '""')}",${new Date(NOW - one.hours * 3_600_000).toISOString()},1,${one.n}\n`);
      world.write(HEAD + text.join(''));
      const found = keys.map((wanted) => {
        const own = rows.filter((one) => one.key === wanted);
        const least = Math.min(...own.map(({ hours }) => hours));
        return least > 24 ? null : (own.findLast(({ hours }) => hours === least)?.n ?? null); // the time to live is a day
      });
      expect((await world.read(keys)).columns.n).toEqual(found);
    }),
    { numRuns: 30 },
  );
});
