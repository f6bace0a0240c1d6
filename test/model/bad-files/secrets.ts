import { type BadFiles, features, IMAGE, SERVICE, tenant } from './case.ts';

/** Secrets pasted in clear. */
export const SECRETS: readonly BadFiles[] = [
  {
    name: 'an AWS key in an environment',
    edit: [`serving: {latency: 50ms, engine: container, container: {${IMAGE}, environment: {KEY_ID: AKIAIOSFODNN7EXAMPLE}}}`],
    says: [
      'payments/models/fraud.yaml:4:178  serving.container.environment.KEY_ID  this looks like an AWS access key | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a password by its name',
    edit: [`serving: {latency: 50ms, engine: container, container: {${IMAGE}, environment: {DB_PASSWORD: hunter2}}}`],
    says: [
      'payments/models/fraud.yaml:4:183  serving.container.environment.DB_PASSWORD  this looks like a secret, by the name of its variable | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'random characters in an environment',
    edit: [`serving: {latency: 50ms, engine: container, container: {${IMAGE}, environment: {SETTINGS: q7Hs2LkP9xVb4TzR8mWd1YcN6gJf3KaE}}}`],
    says: [
      'payments/models/fraud.yaml:4:180  serving.container.environment.SETTINGS  this looks like a secret: no word has so much chance in it | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a token among the arguments',
    edit: [`serving: {latency: 50ms, engine: container, container: {${IMAGE}, args: [--token=abcdef123456]}}`],
    says: [
      'payments/models/fraud.yaml:4:163  serving.container.args[0]  this looks like a password | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a URL with a password',
    edit: [`serving: {latency: 50ms, engine: container, container: {${IMAGE}, environment: {STORE: "postgres://app:pa55word@db:5432/app"}}}`],
    says: [
      'payments/models/fraud.yaml:4:177  serving.container.environment.STORE  this looks like a URL with a password | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a GitHub token in a description',
    edit: [`description: read with ghp_${'a1B2'.repeat(9)}`],
    says: [
      'payments/models/fraud.yaml:10:14  description  this looks like a GitHub token | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a private key in a fallback',
    edit: ['outputs: {answer: text}', 'labels: []', 'fallback: {answer: "-----BEGIN RSA PRIVATE KEY----- MIIEpAIBAAKCAQEA"}'],
    says: [
      'payments/models/fraud.yaml:8:20  fallback.answer  this looks like a private key | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a web token in a selection',
    edit: ['labels: [{event: review, delay: 2d, proxy: true, selection: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"}]'],
    says: [
      'payments/models/fraud.yaml:7:61  labels[0].selection  this looks like a JSON web token | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a Slack token in a tenant file',
    files: tenant('description: "ask xoxb-123456789012-abcdefghijkl"'),
    says: [
      'payments/tenant.yaml:8:14  description  this looks like a Slack token | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a routing key of PagerDuty',
    files: tenant('alerts: {page: {pagerduty: r03a1b2c3d4e5f60718293a4b5c6d7e8}}'),
    says: [
      'payments/tenant.yaml:8:28  alerts.page.pagerduty  this looks like a PagerDuty key, not the name of a secret | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a key in the catalogue',
    edit: [SERVICE],
    files: features('personal:', `description: ${['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')}\n    personal:`),
    says: [
      'payments/features.yaml:8:18  views.card_stats.description  this looks like a Stripe key | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
    ],
  },
  {
    name: 'a secret in a file that is wrong otherwise, too',
    edit: ['description: "key AKIAIOSFODNN7EXAMPLE"', 'score: scor'],
    says: [
      'payments/models/fraud.yaml:10:14  description  this looks like an AWS access key | Take it out, and renew it: what was in a repository is known. Keep secrets in the secret store.',
      'payments/models/fraud.yaml:11:8  score  "scor" is not an output of this model | did you mean "score"? (score)',
    ],
  },
  {
    name: 'a secret that the schema refuses, too',
    edit: ['owner: "AKIAIOSFODNN7EXAMPLE and more"'],
    says: [
      'payments/models/fraud.yaml:2:8  owner  "AKIA**************** and more" is not the name of a team | Letters, digits, `.`, `_`, `@` and `-`, at most 63, such as payments-ml',
    ],
  },
];
