import { expect, test } from 'vitest';
import { type FeatureService, resolveService } from '../../runtime/features/catalogue.ts';
import type { FeatureAnswer, FeatureStore } from '../../runtime/features/port.ts';
import type { EffectiveFeatures } from '../../runtime/model/features-file.ts';
import type { Element } from '../../runtime/serving/v2/tensor.ts';

/** A row that the store shall know: `key` and `event_time`, then fields. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>;

/** A store that a test fills. */
export interface FilledStore extends AsyncDisposable {
  readonly store: FeatureStore;
}

/** @param fill Makes a store of these views that holds these rows by the view's name; a view without rows is not reachable. */
export type Fill = (catalogue: EffectiveFeatures, rows: Readonly<Record<string, readonly StoredRow[]>>) => Promise<FilledStore>;

const HOUR = 3_600_000;
export const NOW = Date.parse('2026-05-01T12:00:00Z');
const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

const CATALOGUE: EffectiveFeatures = {
  entities: { card: { key: 'card_id', datatype: 'BYTES' }, merchant: { key: 'merchant_id', datatype: 'INT64' } },
  views: {
    card_stats: view('card', 'data/card_stats.csv', '7d', {
      spend: { kind: 'numeric', datatype: 'FP64', shape: 1 },
      country: { kind: 'categorical', datatype: 'BYTES', shape: 1 },
      trusted: { kind: 'categorical', datatype: 'BOOL', shape: 1 },
    }),
    merchant_stats: view('merchant', 'data/merchant_stats.csv', '30d', { visits: { kind: 'numeric', datatype: 'INT64', shape: 1 } }),
  },
  services: { both: ['card_stats', 'merchant_stats'], country: ['card_stats:country'] },
};

function view(entity: string, file: string, ttl: string, fields: EffectiveFeatures['views'][string]['fields']): EffectiveFeatures['views'][string] {
  return { entity, freshness: '1h', ttl, personal: [], source: { file, timestamp: 'event_time' }, fields };
}

const CARDS: readonly StoredRow[] = [
  { card_id: '001', event_time: ago(2), spend: 12.5, country: 'DE', trusted: true },
  { card_id: '001', event_time: ago(1), spend: 20.25, country: 'FR', trusted: false }, // the newest of its entity, neither first nor last
  { card_id: '001', event_time: ago(3), spend: 1, country: 'IT', trusted: true },
  { card_id: '1', event_time: ago(5), spend: -0.1, country: 'a "quoted", text', trusted: true },
  { card_id: 'old', event_time: ago(24 * 8), spend: 7, country: 'ES', trusted: true }, // past the time to live of seven days
  { card_id: 'part', event_time: ago(4), spend: null, country: 'PT', trusted: null },
];
const MERCHANTS: readonly StoredRow[] = [
  { merchant_id: 7, event_time: ago(30), visits: 3 },
  { merchant_id: 9_007_199_254_740_991, event_time: ago(26), visits: 9_007_199_254_740_991 },
];

/** What every adapter of the feature port keeps. */
export function featureStoreContract(fill: Fill): void {
  const read = async (keys: Readonly<Record<string, readonly Element[]>>, service = 'both', time = NOW): Promise<FeatureAnswer> => {
    await using filled = await fill(CATALOGUE, { card_stats: CARDS, merchant_stats: MERCHANTS });
    return await filled.store.read({ service: serviceOf(service), keys, time }, new AbortController().signal);
  };

  test('answers come in the order of the request, whatever the order of the store, and a key may be asked for twice', async () => {
    const { columns } = await read({ card_id: ['1', '001', 'part', '001'], merchant_id: [7, 9_007_199_254_740_991, 7, 7] });
    expect(columns).toEqual({
      spend: [-0.1, 20.25, null, 20.25],
      country: ['a "quoted", text', 'FR', 'PT', 'FR'],
      trusted: [true, false, null, false],
      visits: [3, 9_007_199_254_740_991, 3, 3],
    });
  });

  test('the newest row of an entity answers, with its age; of the view the age of the newest row of all is told', async () => {
    const { views } = await read({ card_id: ['001', '1'], merchant_id: [7, 7] });
    expect(views).toEqual([
      { view: 'card_stats', ages: [3_600, 5 * 3_600], newestAge: 3_600 },
      { view: 'merchant_stats', ages: [30 * 3_600, 30 * 3_600], newestAge: 26 * 3_600 },
    ]);
  });

  test('an unknown entity, a null key and a row past its time to live are nulls, and the other rows are untouched', async () => {
    const { columns, views } = await read({ card_id: ['nobody', '001', null, 'old'], merchant_id: [7, 8, 7, 7] });
    expect(columns).toMatchObject({ spend: [null, 20.25, null, null], country: [null, 'FR', null, null], visits: [3, null, 3, 3] });
    expect(views[0]?.ages).toEqual([null, 3_600, null, null]);
  });

  test('the time to live counts from the event time of the request: a row is absent one moment after it', async () => {
    const keys = { card_id: ['001'], merchant_id: [7] };
    const end = NOW - HOUR + 7 * 24 * HOUR;
    expect((await read(keys, 'both', end)).columns.spend).toEqual([20.25]);
    expect((await read(keys, 'both', end + 1)).columns.spend).toEqual([null]);
  });

  test('a row from the future is answered, and is 0 s old', async () => {
    const { columns, views } = await read({ card_id: ['001'], merchant_id: [7] }, 'both', NOW - 2 * HOUR);
    expect([columns.spend, views[0]?.ages, views[0]?.newestAge]).toEqual([[20.25], [0], 0]);
  });

  test('a service of one field reads that field alone', async () => {
    expect((await read({ card_id: ['001', 'nobody'] }, 'country')).columns).toEqual({ country: ['FR', null] });
  });

  test('no rows asked for, no rows answered', async () => {
    expect((await read({ card_id: [], merchant_id: [] })).columns).toEqual({ spend: [], country: [], trusted: [], visits: [] });
  });

  test('a key is compared as a whole: text is no number, and nothing in it is an instruction', async () => {
    const { columns } = await read({ card_id: ['1', '01', "001' OR '1'='1", '001 '], merchant_id: [7, 7, 7, 7] });
    expect(columns.country).toEqual(['a "quoted", text', null, null, null]);
  });

  test('a source that cannot be reached is an error that names it, never a row of nulls', async () => {
    await using filled = await fill(CATALOGUE, { card_stats: CARDS });
    const request = { service: serviceOf('both'), keys: { card_id: ['001'], merchant_id: [7] }, time: NOW };
    await expect(filled.store.read(request, new AbortController().signal)).rejects.toThrow(/merchant_stats/);
    expect((await filled.store.read({ ...request, service: serviceOf('country') }, new AbortController().signal)).columns.country).toEqual(['FR']);
  });
}

function serviceOf(name: string): FeatureService {
  const resolved = resolveService(name, 'payments', new Map([['payments', CATALOGUE]]), new Map());
  if ('service' in resolved) return resolved.service;
  throw new Error(resolved.problem);
}
