import { BATCH, type BadFiles, features, SHOP, STREAM, second, tenant } from './case.ts';

/** Models against each other and other tenants. */
export const ACROSS: readonly BadFiles[] = [
  {
    name: 'two models at one path',
    edit: ['route: {path: /score}'],
    files: second('eta', 'route: {path: /score}'),
    says: [
      'payments/models/fraud.yaml:10:15  route.path  payments.<domain>/score is the route of payments/eta (payments/models/eta.yaml:10) already | Give one of the two another path or host.',
    ],
  },
  {
    name: 'a path below the path of another',
    files: second('eta', 'route: {path: /v2/models/fraud/eu}'),
    says: [
      'payments/models/eta.yaml:10:15  route.path  payments.<domain>/v2/models/fraud/eu lies below /v2/models/fraud of payments/fraud (payments/models/fraud.yaml:1) | Give one of the two another path or host.',
    ],
  },
  {
    name: 'a path that is the usual one of another',
    edit: ['route: {path: /v2/models/zeta}'],
    files: second('zeta'),
    says: [
      'payments/models/fraud.yaml:10:15  route.path  payments.<domain>/v2/models/zeta is the route of payments/zeta (payments/models/zeta.yaml:1) already | Give one of the two another path or host.',
    ],
  },
  {
    name: 'two tenants at one host',
    edit: ['route: {host: api.example.com, path: /score}'],
    files: {
      ...tenant('trusted: {hosts: ["*.example.com"]}'),
      'shop/tenant.yaml': `${SHOP}trusted: {hosts: [api.example.com]}\n`,
      'shop/models/eta.yaml': { edit: ['model: eta', 'route: {host: api.example.com, path: /score}'] },
    },
    says: [
      'shop/models/eta.yaml:10:38  route.path  api.example.com/score is the route of payments/fraud (payments/models/fraud.yaml:10) already | Give one of the two another path or host.',
    ],
  },
  {
    name: 'the usual path of another at the host of the tenant, written out',
    edit: ['route: {host: payments.example.com, path: /v2/models/eta}'],
    files: second('eta'),
    says: [
      'payments/models/fraud.yaml:10:43  route.path  payments.example.com/v2/models/eta is the route of payments/eta (payments/models/eta.yaml:1) already | Give one of the two another path or host.',
    ],
  },
  {
    name: 'a path above the usual ones at the host of the tenant, written out',
    edit: ['route: {host: payments.example.com, path: /v2/models}'],
    files: second('eta'),
    says: [
      'payments/models/eta.yaml:1:1  route.path  payments.<domain>/v2/models/eta lies below /v2/models of payments/fraud (payments/models/fraud.yaml:10) | Give one of the two another path or host.',
    ],
  },
  {
    name: 'two models that write one table',
    edit: BATCH,
    files: second('eta', ...BATCH),
    says: [
      'payments/models/fraud.yaml:11:53  batch.to  "scores" is written by eta already (payments/models/eta.yaml:11) | Give each model a place of its own to write to.',
    ],
  },
  {
    name: 'two models that write one topic',
    edit: STREAM,
    files: second('eta', ...STREAM),
    says: [
      'payments/models/fraud.yaml:11:31  streaming.to  "scores" is written by eta already (payments/models/eta.yaml:11) | Give each model a place of its own to write to.',
    ],
  },
  {
    name: 'one name of two types',
    edit: ['inputs: {amount: {kind: numeric, datatype: FP64}}'],
    files: second('eta'),
    says: [
      'payments/models/fraud.yaml:5:10  inputs.amount  "amount" is FP64, and FP32 in eta (payments/models/eta.yaml:5) | A name has one type per tenant: its values share one column of the lake. Rename one, or make them alike.',
    ],
  },
  {
    name: 'one name, whole and as a hash',
    edit: ['inputs: {amount: {kind: numeric, log: hash}}'],
    files: second('eta'),
    says: [
      'payments/models/fraud.yaml:5:10  inputs.amount  "amount" is logged as a hash, and FP32 in eta (payments/models/eta.yaml:5) | A name has one type per tenant: its values share one column of the lake. Rename one, or make them alike.',
    ],
  },
  {
    name: 'one output of two types',
    files: second('eta', 'outputs: {score: {kind: probability, datatype: FP64}}'),
    says: [
      'payments/models/fraud.yaml:6:11  outputs.score  "score" is FP32, and FP64 in eta (payments/models/eta.yaml:6) | A name has one type per tenant: its values share one column of the lake. Rename one, or make them alike.',
    ],
  },
  {
    name: 'a model of another tenant that is not shared',
    edit: ['registry: {model: shop/embeddings, version: 1}'],
    files: { 'shop/tenant.yaml': SHOP },
    says: [
      'payments/models/fraud.yaml:3:19  registry.model  registered model "embeddings" of tenant "shop" is not shared with "payments" | Its owner lists it in shop/tenant.yaml: shares: {models: {embeddings: [payments]}}',
    ],
  },
  {
    name: 'a model of a tenant that is none',
    edit: ['registry: {model: shp/embeddings, version: 1}'],
    files: { 'shop/tenant.yaml': SHOP },
    says: ['payments/models/fraud.yaml:3:19  registry.model  "shp" is not a tenant | did you mean "shop/embeddings"? (payments, shop)'],
  },
  {
    name: 'shares with a tenant that is none',
    files: { ...tenant('shares: {models: {fraud: [shp]}}'), 'shop/tenant.yaml': SHOP },
    says: ['payments/tenant.yaml:8:27  shares.models.fraud[0]  "shp" is not another tenant | did you mean "shop"? (shop)'],
  },
  {
    name: 'a shared service that is none',
    files: { ...tenant('shares: {features: {fraud_v4: [shop]}}'), ...features(), 'shop/tenant.yaml': SHOP },
    says: [
      'payments/tenant.yaml:8:21  shares.features.fraud_v4  "fraud_v4" is not a service of payments/features.yaml | did you mean "fraud_v3"? (fraud_v3)',
    ],
  },
];
