import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';
import schema from '../../components/cost/prices.schema.json' with { type: 'json' };
import { listOf } from './graphs.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];
const prices = shippedPrices();

/** Not sold in Ireland in the list that was read, or not found there: these are listed as unpriced. */
const ONE_REGION = /^ec2\.(g6|g6e|p4d|p5)\./;

describe('the price file', () => {
  test('has the form that its schema says', () => {
    const check = new Ajv2020({ allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(schema);
    check(prices);
    expect(check.errors ?? []).toEqual([]);
  });

  test('its schema refuses a price of nothing, a price without date, and a number that was read nowhere', () => {
    const check = new Ajv2020({ formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(schema);
    const [good] = prices.filter(({ basis }) => basis === 'read');
    expect(check([good])).toBe(true);
    const bad = [
      { usd: 0 },
      { read: 'last week' },
      { read: undefined },
      { source: 'memory' },
      { source: undefined },
      { region: 'Ireland' },
      { basis: 'guess' },
    ];
    expect(bad.filter((change) => check([JSON.parse(JSON.stringify({ ...good, ...change }))]))).toEqual([]);
  });

  test('every price has a source and a real date', () => {
    const wrong = prices.filter(({ source, read }) => source === '' || new Date(`${read}T00:00:00Z`).toISOString().slice(0, 10) !== read);
    expect(wrong).toEqual([]);
  });

  test('every price that was worked out says how', () => {
    const silent = prices.filter(({ basis, source, note }) => basis === 'estimate' && note === undefined && !source.startsWith('from memory'));
    expect(silent).toEqual([]);
  });

  test('it is sorted and lists nothing twice', () => {
    const keys = prices.map(({ id, region }) => `${id} ${region}`);
    expect(keys).toEqual([...new Set(keys)].sort());
  });

  test('everything is priced in both regions, but for sizes that Ireland does not sell', () => {
    const list = priceList(prices);
    const short = [...new Set(prices.map(({ id }) => id))].filter((id) => !REGIONS.every((region) => list.regionsOf(id).includes(region)));
    expect(short.filter((id) => !ONE_REGION.test(id))).toEqual([]);
  });

  test('one thing has one unit everywhere, and regions differ by less than a quarter', () => {
    const wrong = [...Map.groupBy(prices, ({ id }) => id)].filter(([, some]) => {
      const usd = some.map((price) => price.usd);
      return new Set(some.map(({ unit }) => unit)).size > 1 || Math.max(...usd) > 1.25 * Math.min(...usd);
    });
    expect(wrong).toEqual([]);
  });
});

test('a list that has two prices of one thing in one region is refused', () => {
  expect(() => priceList([...listOf({ 'nat.hour': 1 }), ...listOf({ 'nat.hour': 2 })])).toThrow('nat.hour has two prices in us-east-1');
});
