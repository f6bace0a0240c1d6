import { type BadFiles, FEATURES as CATALOGUE, features, SERVICE, SHOP } from './case.ts';

/** Models against the features they read, and catalogues of features against themselves. */
export const FEATURES: readonly BadFiles[] = [
  {
    name: 'a feature service that is not shared',
    edit: ['features: {service: shop/taste_v1}'],
    files: { 'shop/tenant.yaml': SHOP, 'shop/features.yaml': CATALOGUE.replace('fraud_v3', 'taste_v1') },
    says: [
      'payments/models/fraud.yaml:10:21  features.service  feature service "taste_v1" of tenant "shop" is not shared with "payments" | Its owner lists it in tenants/shop/tenant.yaml: shares: {features: {taste_v1: [payments]}}.',
    ],
  },
  {
    name: 'a misspelt feature service',
    edit: ['features: {service: fruad_v3}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:21  features.service  feature service "fruad_v3" is not in tenants/payments/features.yaml | did you mean "fraud_v3"? It has fraud_v3.',
    ],
  },
  {
    name: 'a service by the name of every object',
    edit: ['features: {service: constructor}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:21  features.service  feature service "constructor" is not in tenants/payments/features.yaml | It has fraud_v3.',
    ],
  },
  {
    name: 'a shared service by the name of every object',
    edit: ['features: {service: shop/constructor}'],
    files: { 'shop/tenant.yaml': SHOP, 'shop/features.yaml': CATALOGUE },
    says: [
      'payments/models/fraud.yaml:10:21  features.service  feature service "constructor" of tenant "shop" is not shared with "payments" | Its owner lists it in tenants/shop/tenant.yaml: shares: {features: {constructor: [payments]}}.',
    ],
  },
  {
    name: 'features without a catalogue',
    edit: [SERVICE],
    says: [
      'payments/models/fraud.yaml:10:21  features.service  feature service "fraud_v3" cannot be found: there is no tenants/payments/features.yaml | Declare it in tenants/payments/features.yaml, or give inputs instead of features.',
    ],
  },
  {
    name: 'features fresher than promised',
    edit: ['features: {service: fraud_v3, freshness: 5m}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:42  features.freshness  5m is tighter than what view "card_stats" promises (15m, payments/features.yaml:5) | Somebody would be paged all day: raise it, or leave it out.',
    ],
  },
  {
    name: 'a personal feature logged in full',
    edit: ['features: {service: fraud_v3, fields: {spend_7d: numeric, home_country: {kind: categorical, log: full}}}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:98  features.fields.home_country.log  "home_country" says something about a person, and is logged in full | Use hash or drop.',
    ],
  },
  {
    name: 'a repeated feature of another type',
    edit: ['features: {service: fraud_v3, fields: {spend_7d: {kind: numeric, datatype: FP64}, home_country: {kind: categorical, log: hash}}}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:76  features.fields.spend_7d.datatype  datatype FP64, and the catalogue says FP32 | Leave fields out: they are filled in from features.yaml.',
    ],
  },
  {
    name: 'a feature left out',
    edit: ['features: {service: fraud_v3, fields: {spend_7d: numeric}}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:31  features.fields  lacks home_country of service "fraud_v3" | Leave fields out: they are filled in from features.yaml.',
    ],
  },
  {
    name: 'a feature that the service does not have',
    edit: ['features: {service: fraud_v3, fields: {spend_7d: numeric, spend_8d: numeric, home_country: {kind: categorical, log: hash}}}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:10:59  features.fields.spend_8d  "spend_8d" is not a field of service "fraud_v3" | did you mean "spend_7d"? (spend_7d, home_country)',
    ],
  },
  {
    name: 'an input that is a feature, too',
    edit: [SERVICE, 'inputs: {spend_7d: numeric}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:5:10  inputs.spend_7d  "spend_7d" is used twice | Keys, inputs, features and outputs share one set of names: they are columns of one log.',
    ],
  },
  {
    name: 'an input that is a key, too',
    edit: [SERVICE, 'inputs: {card_id: categorical}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:5:10  inputs.card_id  "card_id" is used twice | Keys, inputs, features and outputs share one set of names: they are columns of one log.',
    ],
  },
  {
    name: 'a missing row without a fallback',
    edit: ['features: {service: fraud_v3, missing: fallback}'],
    without: ['fallback'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:9:40  features.missing  the fallback shall answer, and there is none | Declare a fallback: one value for every output.',
    ],
  },
  {
    name: 'a view of an entity that is none',
    edit: [SERVICE],
    files: features('entity: card\n', 'entity: crad\n'),
    says: ['payments/features.yaml:4:13  views.card_stats.entity  "crad" is not an entity | did you mean "card"? (card)'],
  },
  {
    name: 'a service of a view that is none',
    edit: [SERVICE],
    files: features('[card_stats]', '[card_stat]'),
    says: ['payments/features.yaml:9:23  services.fraud_v3[0]  "card_stat" is not a view | did you mean "card_stats"? (card_stats)'],
  },
  {
    name: 'a service of a field that is none',
    edit: [SERVICE],
    files: features('[card_stats]', '["card_stats:spend_7"]'),
    says: [
      'payments/features.yaml:9:23  services.fraud_v3[0]  "spend_7" is not a field of view "card_stats" | did you mean "spend_7d"? (spend_7d, home_country)',
    ],
  },
  {
    name: 'a service that names a view twice',
    edit: [SERVICE],
    files: features('[card_stats]', '["card_stats:spend_7d", "card_stats:home_country"]'),
    says: ['payments/features.yaml:9:46  services.fraud_v3[1]  view "card_stats" is named twice | Join the two items.'],
  },
  {
    name: 'a person in a field that is none',
    edit: [SERVICE],
    files: features('personal: [home_country]', 'personal: [home_contry]'),
    says: [
      'payments/features.yaml:8:16  views.card_stats.personal[0]  "home_contry" is not a field of this view | did you mean "home_country"? (spend_7d, home_country)',
    ],
  },
  {
    name: 'rows that are absent before they are late',
    edit: [SERVICE],
    files: features('freshness: 15m', 'freshness: 1d\n    ttl: 1h'),
    says: [
      'payments/features.yaml:6:10  views.card_stats.ttl  a row is absent after 1h, before it is late (freshness 1d) | Raise ttl, or lower freshness.',
    ],
  },
  {
    name: 'a view without a source',
    edit: [SERVICE],
    files: features('source: {table: card_stats}', 'source: {}'),
    says: ['payments/features.yaml:6:5  views.card_stats.source  names no table and no file | Add table: card_stats'],
  },
  {
    name: 'a numeric feature in bytes',
    edit: [SERVICE],
    files: features('spend_7d: numeric', 'spend_7d: {kind: numeric, datatype: BYTES}'),
    says: [
      'payments/features.yaml:7:50  views.card_stats.fields.spend_7d.datatype  BYTES does not hold numbers | Choose FP32, FP64, INT32, INT64, or another kind.',
    ],
  },
  {
    name: 'a misspelt field of the catalogue',
    edit: [SERVICE],
    files: features('freshness', 'freshnes'),
    says: [
      'payments/features.yaml:5:5  views.card_stats.freshnes  "freshnes" is not a field of a view | did you mean "freshness"? (entity, owner, description, freshness, ttl, source, fields, personal)',
    ],
  },
  {
    name: 'two views with one field',
    edit: [SERVICE],
    files: {
      'payments/features.yaml': CATALOGUE.replace(
        'services:',
        '  more:\n    entity: card\n    freshness: 1h\n    source: {table: more}\n    fields: {spend_7d: numeric}\nservices:',
      ).replace('[card_stats]', '[card_stats, more]'),
    },
    says: [
      'payments/features.yaml:14:35  services.fraud_v3[1]  views "card_stats" and "more" both have a field "spend_7d" | Take it from one of them: "view:field,field".',
    ],
  },
  {
    name: 'a key that is a field',
    edit: [SERVICE],
    files: features('spend_7d: numeric', 'card_id: categorical'),
    says: ['payments/features.yaml:9:23  services.fraud_v3[0]  "card_id" is a key and a field | Rename one: both are columns of one log.'],
  },
];
