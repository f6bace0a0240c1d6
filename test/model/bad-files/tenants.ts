import { type BadFiles, second, TENANT, tenant } from './case.ts';

/** Models against their tenant and their environment. */
export const TENANTS: readonly BadFiles[] = [
  {
    name: 'no tenant file',
    files: { 'payments/tenant.yaml': null },
    says: ['payments/tenant.yaml:1:1    tenant "payments" has models and no tenant file | Write one: weir init tenant payments'],
  },
  {
    name: 'a tenant of another name',
    files: tenant('tenant: payment'),
    says: ['payments/tenant.yaml:1:9  tenant  "payment" in a folder of another name (payments) | Name the folder payment, or the tenant payments.'],
  },
  {
    name: 'a tenant file without contacts',
    files: { 'payments/tenant.yaml': 'tenant: payments\nowner: x\ngroups: {}\n' },
    says: ['payments/tenant.yaml:1:1  contacts  is missing | Add contacts: {email: payments-ml@example.com, slack: "#payments-ml"}'],
  },
  {
    name: 'a misspelt field of the tenant',
    files: tenant('quotas: {gpus: 4}'),
    says: [
      'payments/tenant.yaml:8:1  quotas  "quotas" is not a field of a tenant file | did you mean "quota"? (tenant, owner, description, contacts, groups, dataClass, costCenter, quota, budget, alerts, retention, trusted, shares, pools, defaults)',
    ],
  },
  {
    name: 'a wrong tenant file that would allow what a model does',
    edit: ['rollout: local', 'serving: {latency: 50ms, backend: python}', 'route: {host: a.example.com}'],
    files: tenant('trusted: {presets: [local], pythonBackend: [fraud], hosts: ["*.example.com"]}', 'quotas: {}'),
    says: [
      'payments/tenant.yaml:9:1  quotas  "quotas" is not a field of a tenant file | did you mean "quota"? (tenant, owner, description, contacts, groups, dataClass, costCenter, quota, budget, alerts, retention, trusted, shares, pools, defaults)',
    ],
  },
  {
    name: 'a misspelt word in the defaults',
    files: tenant('defaults: {serving: {gpu: fractoin}}'),
    says: [
      'payments/tenant.yaml:8:27  defaults.serving.gpu  "fractoin" is not a way to share a GPU | did you mean "fraction"? (none, fraction, whole)',
    ],
  },
  {
    name: 'nobody who looks after the models',
    files: tenant('groups: {readers: [risk-office]}'),
    says: [
      'payments/tenant.yaml:4:1  groups  names no developers and no operators: nobody could look after its models | Add operators: [payments-oncall], who may stop a rollout, or developers.',
    ],
  },
  {
    name: 'a routing key instead of its name',
    files: tenant('alerts: {page: {pagerduty: "R03A1B2C3D4E5F60718293A4B5C6D7E8"}}'),
    says: [
      'payments/tenant.yaml:8:28  alerts.page.pagerduty  "R03A1B2C3D4E5F60718293A4B5C6D7E8" is not the name of a secret | Lower-case letters, digits and dashes, at most 63: a name, never the secret itself, such as payments-pagerduty',
    ],
  },
  {
    name: 'a pool of fewer than its fewest',
    files: tenant('pools: {default: {accelerator: l4, min: 3, max: 2}}'),
    says: ['payments/tenant.yaml:7:41  pools.default.min  min 3 is above max 2 | Raise max, or give a lower min.'],
  },
  {
    name: 'a GPU kind of a pool on CPU',
    files: tenant('pools: {default: {gpu: none, accelerator: l4}}'),
    says: ['payments/tenant.yaml:7:43  pools.default.accelerator  l4, and the pool is on CPU | Use gpu: whole, or leave the accelerator out.'],
  },
  {
    name: 'a folder that is no DNS name',
    files: { 'Shop/models/eta.yaml': 'model: eta\n' },
    says: ['Shop:1:1    "Shop" is not a DNS name | Lower-case letters, digits and dashes, at most 50, such as payments'],
  },
  {
    name: 'a model in a file of another name',
    edit: ['model: chargebacks'],
    says: [
      'payments/models/fraud.yaml:1:8  model  "chargebacks" in a file of another name (fraud.yaml) | Name the file chargebacks.yaml, or the model fraud.',
    ],
  },
  {
    name: 'one model in two files',
    files: { 'payments/models/other.yaml': { edit: [] } },
    says: ['payments/models/other.yaml:1:1  model  model "fraud" is in payments/models/fraud.yaml already | A tenant has one file per model.'],
  },
  {
    name: 'more models than allowed',
    files: { ...tenant('quota: {gpus: 16, cpu: 256, memory: 512Gi, models: 1}'), ...second('eta') },
    says: ['payments/tenant.yaml:5:52  quota.models  2 model files are more than 1 | Raise it to 2, or retire some.'],
  },
  {
    name: 'more CPUs than allowed',
    files: tenant('quota: {cpu: 8}'),
    says: [
      'payments/tenant.yaml:5:1  quota.gpus  0 does not cover the models: they need 2 at their most replicas | Raise it to 2, or lower the most replicas (pool default 2).',
      'payments/tenant.yaml:5:14  quota.cpu  8 does not cover the models: they need 19 at their most replicas, 9 for the second copy of a rollout | Raise it to 28, or lower the most replicas (pool default 10, fraud 9).',
    ],
  },
  {
    name: 'more memory than allowed',
    files: tenant('quota: {gpus: 16, cpu: 256, memory: 16Gi}'),
    says: [
      'payments/tenant.yaml:5:37  quota.memory  16Gi does not cover the models: they need 51Gi at their most replicas, 17Gi for the second copy of a rollout | Raise it to 68Gi, or lower the most replicas (pool default 34Gi, fraud 17Gi).',
    ],
  },
  {
    name: 'more GPUs than allowed',
    edit: ['serving: {latency: 50ms, gpu: whole, accelerator: l4, autoscaling: {max: 2}}'],
    files: tenant('quota: {cpu: 256, memory: 512Gi}', 'pools: {}'),
    says: [
      'payments/tenant.yaml:5:1  quota.gpus  0 does not cover the models: they need 2 at their most replicas, 2 for the second copy of a rollout | Raise it to 4, or lower the most replicas (fraud 2).',
    ],
  },
  {
    name: 'GPUs for training',
    edit: ['retraining: {workflow: train, gpus: 4}'],
    files: tenant('quota: {gpus: 2, cpu: 256, memory: 512Gi}', 'pools: {}'),
    says: ['payments/tenant.yaml:5:15  quota.gpus  2 does not cover the models: they need 4 for training | Raise it to 4.'],
  },
  {
    name: 'more than the platform has',
    edit: ['serving: {latency: 50ms, gpu: whole, accelerator: l4, autoscaling: {max: 12}}'],
    files: tenant('quota: {gpus: 64, cpu: 256, memory: 512Gi}', 'pools: {}'),
    says: [
      'payments/tenant.yaml:5:15  quota.gpus  warning: all models at their most replicas ask for 12 GPUs (payments 12), and profile prod has 8 | Lower the most replicas, or have the limit of the inference pool raised: what is above it waits.',
    ],
  },
  {
    name: 'budgets above the budget',
    edit: ['cost: {monthly: 1500}'],
    says: [
      'payments/tenant.yaml:1:1  budget.monthly  warning: the budgets of its models sum to 1500 USD a month, and the tenant has 1000 | Raise it, or lower cost.monthly of a model.',
    ],
  },
  {
    name: 'a GPU that is not offered',
    edit: ['serving: {latency: 50ms, gpu: whole, accelerator: h100}'],
    says: ['payments/models/fraud.yaml:4:51  serving.accelerator  profile prod has no h100 for inference | It offers a10g, l4, l40s.'],
  },
  {
    name: 'a pool GPU that is not offered',
    files: tenant('pools: {default: {accelerator: a100}}'),
    says: ['payments/tenant.yaml:7:32  pools.default.accelerator  profile prod has no a100 for inference | It offers a10g, l4, l40s.'],
  },
  {
    name: 'more GPUs than a node has',
    edit: ['serving: {latency: 50ms, gpu: whole, gpus: 8, autoscaling: {min: 1, max: 1}}'],
    files: tenant('pools: {}'),
    says: ['payments/models/fraud.yaml:4:38  serving.gpus  8 GPUs for one replica: no node for inference has more than 4 | Use 4 at most.'],
  },
  {
    name: 'Python without trust',
    edit: ['serving: {latency: 50ms, backend: python}'],
    says: [
      'payments/models/fraud.yaml:4:35  serving.backend  python runs code in the server, and payments/tenant.yaml does not trust this model with it | The platform team adds fraud to trusted.pythonBackend, or use onnxruntime.',
    ],
  },
  {
    name: 'a pool that is not declared',
    edit: ['serving: {latency: 50ms, gpu: fraction, pool: defualt}'],
    says: ['payments/models/fraud.yaml:4:47  serving.pool  "defualt" is not a pool of tenant payments | did you mean "default"? (default)'],
  },
  {
    name: 'no pool at all',
    edit: ['serving: {latency: 50ms, gpu: fraction}'],
    files: tenant('pools: {}'),
    says: [
      'payments/models/fraud.yaml:4:1  serving.pool  "default" is not a pool of tenant payments | Declare it in payments/tenant.yaml: pools: {default: {max: 2}}',
    ],
  },
  {
    name: 'a fraction of a GPU in a pool on CPU',
    edit: ['serving: {latency: 50ms, gpu: fraction}'],
    files: tenant('pools: {default: {gpu: none}}'),
    says: [
      'payments/models/fraud.yaml:4:31  serving.gpu  a fraction of a GPU, and pool "default" is on CPU | Choose another pool, or gpu: none with mode: shared.',
    ],
  },
  {
    name: 'another kind of GPU than the pool has',
    edit: ['serving: {latency: 50ms, gpu: fraction, accelerator: a10g}'],
    says: [
      'payments/models/fraud.yaml:4:54  serving.accelerator  a10g, and pool "default" has l4 | Choose another pool, or leave the accelerator out.',
    ],
  },
  {
    name: 'a host of somebody else',
    edit: ['route: {host: fraud.example.com}'],
    says: [
      'payments/models/fraud.yaml:10:15  route.host  "fraud.example.com" is not a host of this tenant | The platform team adds it to trusted.hosts of payments/tenant.yaml (none yet).',
    ],
  },
  {
    name: 'a label later than predictions are kept',
    files: tenant('retention: {predictions: 30d}'),
    says: [
      'payments/models/fraud.yaml:7:36  labels.delay  45d is later than the tenant keeps predictions (retention 30d) | raise retention in payments/tenant.yaml:6, or lower the delay',
    ],
  },
  {
    name: 'a label later than the usual retention',
    edit: ['labels: {event: chargeback, delay: 120d}'],
    files: { 'payments/tenant.yaml': TENANT.replace('retention: {predictions: 180d}\n', '') },
    says: [
      'payments/models/fraud.yaml:7:36  labels.delay  120d is later than the tenant keeps predictions (retention 90d) | raise retention in payments/tenant.yaml:1, or lower the delay',
    ],
  },
  {
    name: 'an outcome later than predictions are kept',
    edit: ['outcomes: [{event: order, window: 200d}]'],
    says: [
      'payments/models/fraud.yaml:10:35  outcomes[0].window  200d is later than the tenant keeps predictions (retention 180d) | raise retention in payments/tenant.yaml:6, or lower the window',
    ],
  },
];
