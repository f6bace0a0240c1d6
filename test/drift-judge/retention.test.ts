import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hourFolder } from '../../runtime/drift/lake/layout.ts';
import { LAKE_DAYS } from '../../runtime/drift/lake/retention.ts';
import { COHORT_DAYS, RECORD_DAYS, removeOld } from '../../runtime/drift/service/retention.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import { DAY, HOUR, isoOf } from '../../runtime/drift/windows.ts';
import { tempFolder } from '../support/temp.ts';
import { MAY } from './fixture.ts';

test('what is older than its days goes, by event time, and the rest stays', async () => {
  using folder = tempFolder();
  const lake = { root: join(folder.path, 'lake') };
  const store = filesProfileStore(join(folder.path, 'drift'));
  const hourAt = (time: number): string => hourFolder(lake, 'predictions', 'flights', 'eta', time);
  const old = MAY - LAKE_DAYS * DAY;
  for (const time of [old - HOUR, old, MAY]) {
    mkdirSync(hourAt(time), { recursive: true });
    writeFileSync(join(hourAt(time), 'a.parquet'), '');
  }
  const verdictOf = (time: number): string => `verdicts/flights/eta/7/${isoOf(time).slice(0, 13)}.json`;
  const limit = MAY - RECORD_DAYS * DAY;
  const cohort = (time: number): string => `state/cohorts/flights/eta/7/${String(time).padStart(12, '0')}.json`;
  const oldest = MAY - COHORT_DAYS * DAY;
  const paths = [-HOUR, 0, MAY - limit].flatMap((after) => [
    verdictOf(limit + after),
    `reports/flights/eta/${isoOf(limit + after).slice(0, 10)}.html`,
    cohort(Math.min(MAY, oldest + after)),
  ]);
  for (const path of paths) await store.putText(path, '{}');
  for (let twice = 0; twice < 2; twice++) await removeOld(store, lake, MAY);
  expect([old - HOUR, old, MAY].map((time) => existsSync(hourAt(time)))).toEqual([false, true, true]);
  expect([...(await store.list('verdicts')), ...(await store.list('reports')), ...(await store.list('state'))].sort()).toEqual(paths.slice(3).sort());
});
