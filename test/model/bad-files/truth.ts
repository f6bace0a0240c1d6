import type { BadFiles } from './case.ts';

/** Labels, outcomes, groups, retraining. */
export const TRUTH: readonly BadFiles[] = [
  {
    name: 'a label and an outcome of one name',
    edit: ['outcomes: [{event: chargeback, window: 24h}]'],
    says: ['payments/models/fraud.yaml:10:20  outcomes[0].event  "chargeback" is used twice | Labels and outcomes are told apart by their event.'],
  },
  {
    name: 'a horizon before the delay',
    edit: ['labels: {event: chargeback, delay: 45d, horizon: 30d, default: false}'],
    says: ['payments/models/fraud.yaml:7:50  labels.horizon  30d is before the label is due (delay 45d) | Raise the horizon, or lower the delay.'],
  },
  {
    name: 'a horizon that means nothing',
    edit: ['labels: {event: chargeback, delay: 45d, horizon: 90d}'],
    says: ['payments/models/fraud.yaml:7:41  labels.horizon  says when, and not what no label means | Add default: false'],
  },
  {
    name: 'a default that is never reached',
    edit: ['labels: [{event: chargeback, delay: 45d, default: false}]'],
    says: ['payments/models/fraud.yaml:7:42  labels[0].default  says what no label means, and not when | Add horizon: 90d'],
  },
  {
    name: 'a proxy without its selection',
    edit: ['labels: [{event: chargeback, delay: 45d}, {event: review, delay: 2d, proxy: true}]'],
    says: [
      'payments/models/fraud.yaml:7:70  labels[1].proxy  a proxy without its selection | Say how rows come to be labelled: selection: reviewed above 0.8',
    ],
  },
  {
    name: 'a selection of no proxy',
    edit: ['labels: {event: chargeback, delay: 45d, selection: all of them}'],
    says: [
      'payments/models/fraud.yaml:7:41  labels.selection  a selection, and the label is no proxy | Add proxy: true, or leave the selection out.',
    ],
  },
  {
    name: 'a proxy later than the truth',
    edit: ['labels: [{event: chargeback, delay: 45d}, {event: review, delay: 60d, proxy: true, selection: above 0.8}]'],
    says: [
      'payments/models/fraud.yaml:7:66  labels[1].delay  60d is not earlier than the truth it stands in for ("chargeback", 45d) | Lower it, or leave the proxy out.',
    ],
  },
  {
    name: 'an amount without a bound',
    edit: ['outcomes: [{event: order, kind: amount, window: 24h}]'],
    says: ['payments/models/fraud.yaml:10:12  outcomes[0].max  is missing: without a bound one order decides the test | Add max: 500'],
  },
  {
    name: 'a bound of a count',
    edit: ['outcomes: [{event: order, max: 5, window: 24h}]'],
    says: ['payments/models/fraud.yaml:10:27  outcomes[0].max  a count has no bound | Use kind: amount, or leave max out.'],
  },
  {
    name: 'a reference that is no value',
    edit: ['groups: [{name: age_band, values: [young, old], reference: middle}]'],
    says: ['payments/models/fraud.yaml:10:60  groups[0].reference  "middle" is not one of its values | Choose one of young, old.'],
  },
  {
    name: 'two groups of one name',
    edit: ['groups: [{name: age, values: [young, old], reference: old}, {name: age, values: [a, b], reference: a}]'],
    says: ['payments/models/fraud.yaml:10:68  groups[1].name  "age" is used twice | Give each group a name of its own.'],
  },
  {
    name: 'a group among the inputs',
    edit: ['groups: [{name: country, values: [DE, FR], reference: DE}]'],
    says: [
      'payments/models/fraud.yaml:10:17  groups[0].name  "country" is an input, too | Groups travel apart from the features: leave it out of the inputs, or rename the group.',
    ],
  },
  {
    name: 'retraining without labels',
    edit: ['labels: []', 'retraining: {workflow: fraud-train}'],
    says: [
      'payments/models/fraud.yaml:10:1  retraining  there are no labels to train on | Add labels: {event: chargeback, delay: 45d}, or leave retraining out.',
    ],
  },
  {
    name: 'retraining on a proxy',
    edit: ['labels: {event: review, delay: 2d, proxy: true, selection: above 0.8}', 'retraining: {workflow: fraud-train}'],
    says: [
      'payments/models/fraud.yaml:10:1  retraining  there are proxies alone, and they never train a model | Add labels: {event: chargeback, delay: 45d}, or leave retraining out.',
    ],
  },
  {
    name: 'training data younger than its labels',
    edit: ['labels: {event: chargeback, delay: 120d}', 'retraining: {workflow: fraud-train}'],
    says: [
      'payments/models/fraud.yaml:10:1  retraining.window  training data goes back 90d (platform default), and "chargeback" is known only after 120d | Raise it well above the delay: younger rows have no label.',
    ],
  },
];
