import { type BadFiles, tenant } from './case.ts';

/** Thresholds, names and responses of drift. */
export const DRIFT: readonly BadFiles[] = [
  {
    name: 'a warning above critical',
    edit: ['drift: {thresholds: {warn: 0.3}}'],
    says: [
      'payments/models/fraud.yaml:10:28  drift.thresholds.warn  warn 0.3 is not below critical 0.25 (platform default) | Lower warn, or raise critical.',
    ],
  },
  {
    name: 'a warning of one feature above critical',
    edit: ['drift: {features: {amount: {warn: 0.4}}}'],
    says: [
      'payments/models/fraud.yaml:10:35  drift.features.amount.warn  warn 0.4 is not below critical 0.25 (drift.thresholds) | Lower warn, or raise critical.',
    ],
  },
  {
    name: 'a critical of one feature below the warning',
    edit: ['drift: {features: {amount: {critical: 0.05}}}'],
    says: [
      'payments/models/fraud.yaml:10:39  drift.features.amount.critical  warn 0.1 (drift.thresholds) is not below critical 0.05 | Lower warn, or raise critical.',
    ],
  },
  {
    name: 'a severe loss below the least',
    edit: ['drift: {minDrop: 0.2}'],
    says: [
      'payments/models/fraud.yaml:10:18  drift.minDrop  severeDrop 0.05 (platform default) is not above minDrop 0.2 | Raise severeDrop, or lower minDrop.',
    ],
  },
  {
    name: 'thresholds of an input that is none',
    edit: ['drift: {features: {amont: {warn: 0.2, critical: 0.5}}}'],
    says: [
      'payments/models/fraud.yaml:10:20  drift.features.amont  "amont" is not an input or output of this model | did you mean "amount"? (amount, country, score)',
    ],
  },
  {
    name: "a field that only the tenant's defaults know",
    files: tenant('defaults: {drift: {features: {amount_eur: {warn: 0.05}}}}'),
    says: [
      'payments/models/fraud.yaml:1:1  drift.features.amount_eur  "amount_eur" is not an input or output of this model (payments/tenant.yaml:8) | Known are amount, country, score.',
    ],
  },
  {
    name: 'nulls of an input that is none',
    edit: ['drift: {maxNullShare: {contry: 0.1}}'],
    says: [
      'payments/models/fraud.yaml:10:24  drift.maxNullShare.contry  "contry" is not an input of this model | did you mean "country"? (amount, country)',
    ],
  },
  {
    name: 'ambient, and no input',
    edit: ['drift: {ambient: [month]}'],
    says: ['payments/models/fraud.yaml:10:19  drift.ambient[0]  "month" is not an input of this model | Known are amount, country.'],
  },
  {
    name: 'segments of a misspelt field',
    edit: ['drift: {segments: {field: contry, values: [DE]}}'],
    says: [
      'payments/models/fraud.yaml:10:27  drift.segments.field  "contry" is not a categorical input of this model | did you mean "country"? (country)',
    ],
  },
  {
    name: 'segments of a number',
    edit: ['drift: {segments: {field: amount, values: ["1"]}}'],
    says: ['payments/models/fraud.yaml:10:27  drift.segments.field  "amount" is numeric, not categorical | Segments are the values of a category.'],
  },
  {
    name: 'segments of what is hashed',
    edit: ['inputs: {amount: numeric, country: {kind: categorical, log: hash}}', 'drift: {segments: {field: country, values: [DE]}}'],
    says: [
      'payments/models/fraud.yaml:10:27  drift.segments.field  "country" is logged as "hash": its values cannot be told apart | Say log: full for country, or choose another field.',
    ],
  },
  {
    name: 'segments of what the tenant hashes',
    edit: ['drift: {segments: {field: country, values: [DE]}}'],
    files: tenant('dataClass: restricted'),
    says: [
      'payments/models/fraud.yaml:10:27  drift.segments.field  "country" is logged as "hash" (from dataClass of the tenant): its values cannot be told apart | Say log: full for country, or choose another field.',
    ],
  },
  {
    name: 'fairness without groups',
    edit: ['drift: {responses: {fairness: fallback}}'],
    says: ['payments/models/fraud.yaml:10:31  drift.responses.fairness  no groups are declared to be fair to | Declare groups, or leave this out.'],
  },
  {
    name: 'fairness without a fallback',
    edit: ['drift: {responses: {fairness: fallback}}', 'groups: [{name: age, values: [young, old], reference: old}]'],
    without: ['fallback'],
    says: [
      'payments/models/fraud.yaml:9:31  drift.responses.fairness  the fallback shall answer, and there is none | Declare a fallback: one value for every output.',
    ],
  },
  {
    name: 'retraining as a response, and none declared',
    edit: ['drift: {responses: {harm: retrain}}'],
    says: [
      'payments/models/fraud.yaml:10:21  drift.responses.harm  there is no retraining to start | Add retraining: {workflow: fraud-train}, or say page.',
    ],
  },
  {
    name: 'thresholds of the tenant',
    files: tenant('defaults: {drift: {thresholds: {warn: 0.3}}}'),
    says: [
      'payments/models/fraud.yaml:1:1  drift.thresholds.warn  warn 0.3 (payments/tenant.yaml:8) is not below critical 0.25 (platform default) | Lower warn, or raise critical.',
    ],
  },
  {
    name: 'a threshold of the file against the tenant',
    edit: ['drift: {thresholds: {critical: 0.2}}'],
    files: tenant('defaults: {drift: {thresholds: {warn: 0.22}}}'),
    says: [
      'payments/models/fraud.yaml:10:32  drift.thresholds.critical  warn 0.22 (payments/tenant.yaml:8) is not below critical 0.2 | Lower warn, or raise critical.',
    ],
  },
];
