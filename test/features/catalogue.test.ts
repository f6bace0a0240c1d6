import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { resolveService } from '../../runtime/features/catalogue.ts';
import type { EffectiveFeatures } from '../../runtime/model/features-file.ts';

const NUMBER = { kind: 'numeric', datatype: 'FP32', shape: 1 } as const;
const WORD = { kind: 'categorical', datatype: 'BYTES', shape: 1 } as const;
const VIEW = { freshness: '15m', ttl: '7d', personal: [], source: { file: 'data/x.csv', timestamp: 'event_time' } } as const;

const PAYMENTS: EffectiveFeatures = {
  entities: { card: { key: 'card_id', datatype: 'BYTES' }, merchant: { key: 'merchant_id', datatype: 'INT64' } },
  views: {
    card_stats: { ...VIEW, entity: 'card', fields: { spend_7d: NUMBER, country: WORD }, personal: ['country'] },
    merchant_stats: { ...VIEW, entity: 'merchant', freshness: '1h', fields: { risk: NUMBER, city: WORD, country: WORD } },
  },
  services: {
    fraud_v3: ['card_stats', 'merchant_stats:risk'],
    one_field: ['card_stats:spend_7d'],
    clash: ['card_stats', 'merchant_stats'],
    twice: ['card_stats:country', 'card_stats:spend_7d'],
    no_view: ['card_stat'],
    no_field: ['card_stats:spend_7days'],
    constructed: ['constructor'],
  },
};
const CATALOGUES = new Map([['payments', PAYMENTS]]);
const SHARES = new Map([['payments', { one_field: ['shop'] }]]);
const resolve = (reference: string, tenant = 'payments') => resolveService(reference, tenant, CATALOGUES, SHARES);

test('a service gives keys and fields with their datatypes, in the order of its items, and what each view promises', () => {
  const resolved = resolve('fraud_v3');
  if (!('service' in resolved)) throw new Error(resolved.problem);
  const { service } = resolved;
  expect(service).toMatchObject({ tenant: 'payments', name: 'fraud_v3', keys: { card_id: 'BYTES', merchant_id: 'INT64' } });
  expect(Object.keys(service.fields)).toEqual(['spend_7d', 'country', 'risk']);
  expect(service.views.map(({ name, entity, key, freshnessSeconds, ttlSeconds }) => ({ name, entity, key, freshnessSeconds, ttlSeconds }))).toEqual([
    { name: 'card_stats', entity: 'card', key: 'card_id', freshnessSeconds: 900, ttlSeconds: 604_800 },
    { name: 'merchant_stats', entity: 'merchant', key: 'merchant_id', freshnessSeconds: 3_600, ttlSeconds: 604_800 },
  ]);
  expect(service.views[0]?.personal).toEqual(['country']);
});

test('a service of another tenant is read only when it is shared', () => {
  expect(resolve('payments/one_field', 'shop')).toMatchObject({ service: { tenant: 'payments', name: 'one_field', fields: { spend_7d: NUMBER } } });
  expect(resolve('payments/fraud_v3', 'shop')).toEqual({
    problem: 'feature service "fraud_v3" of tenant "payments" is not shared with "shop"',
    remedy: expect.stringContaining('shares: {features: {fraud_v3: [shop]}}. Shared with it: payments/one_field.'),
    suggestion: null,
  });
  expect(resolve('payments/one_feild', 'shop')).toMatchObject({ suggestion: 'payments/one_field' });
  expect(resolve('payments/fraud_v2', 'shop')).not.toMatchObject({ suggestion: expect.stringContaining('fraud') }); // what is not shared is not shown
  expect(resolve('payments/one_field', 'payments')).toMatchObject({ service: { name: 'one_field' } });
});

test.each([
  ['fraud_v4', 'payments', 'feature service "fraud_v4" is not in tenants/payments/features.yaml', 'fraud_v3'],
  ['fraud_v3', 'shop', 'feature service "fraud_v3" cannot be found: there is no tenants/shop/features.yaml', null],
  ['clash', 'payments', 'feature service "clash" cannot be read: two of its views have a field "country"', null],
  ['twice', 'payments', 'feature service "twice" cannot be read: it names view "card_stats" twice', null],
  ['no_view', 'payments', 'feature service "no_view" cannot be read: view "card_stat" is unknown', null],
  ['no_field', 'payments', 'feature service "no_field" cannot be read: view "card_stats" has no field "spend_7days"', null],
  ['constructed', 'payments', 'feature service "constructed" cannot be read: view "constructor" is unknown', null],
  ['constructor', 'payments', 'feature service "constructor" is not in tenants/payments/features.yaml', 'constructed'],
])('%s for %s is refused in words', (reference, tenant, problem, suggestion) => {
  expect(resolve(reference, tenant)).toMatchObject({ problem, suggestion });
});

test('a key that two entities type differently, and a name that is key and field, are refused', () => {
  const { entities, views } = PAYMENTS;
  const mixed = { ...PAYMENTS, entities: { ...entities, merchant: { key: 'card_id', datatype: 'INT64' } } } as const;
  expect(resolveService('fraud_v3', 'payments', new Map([['payments', mixed]]), SHARES)).toMatchObject({
    problem: expect.stringContaining('key "card_id" is BYTES to one entity and INT64 to another'),
  });
  const both = {
    ...PAYMENTS,
    views: { ...views, card_stats: { ...VIEW, entity: 'card', fields: { card_id: WORD } } },
    services: { s: ['card_stats'] },
  };
  expect(resolveService('s', 'payments', new Map([['payments', both]]), SHARES)).toMatchObject({
    problem: expect.stringContaining('"card_id" is a key and a field'),
  });
});

test('whatever a person writes as a reference, the answer is a service or words', () => {
  assert(
    property(string(), constantFrom('payments', 'shop'), (reference, tenant) => {
      const resolved = resolve(reference, tenant);
      expect('service' in resolved || resolved.problem.length > 0).toBe(true);
    }),
  );
});
