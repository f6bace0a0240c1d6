import type { Node } from '../../cli/graph/node.ts';
import { before, type DestroyRule, each } from './destroy-rules.ts';

type Kind = (node: Node) => boolean;

const release =
  (chart: string): Kind =>
  ({ type, inputs }) =>
    type === 'kubernetes:helm.sh/v3:Release' && String(inputs.name) === chart;
const typed =
  (pattern: RegExp): Kind =>
  ({ type }) =>
    pattern.test(type);
/** Whatever a component of ours has in AWS or in the cluster. */
const within =
  (component: string, type = /./): Kind =>
  (node) =>
    node.custom && node.urn.includes(`${component}$`) && type.test(node.type);

const QUEUES = typed(/^kubernetes:kueue\.x-k8s\.io\//);
const RUNTIMES = typed(/^kubernetes:trainer\.kubeflow\.org\//);
const DATABASES: Kind = within('weir:registry:Databases', /^kubernetes:batch\/v1:Job$/);
const FEAST_SERVER = within('weir:features:FeatureServer', /^kubernetes:apps\/v1:Deployment$/);
const PASSWORDS = within('weir:registry:Databases', /^aws:secretsmanager\//);

/** Of training, the registry and features (30-platform, 10). */
export const TRAINING_RULES: readonly DestroyRule[] = [
  before('D6', 'queues, flavors and cohorts go before Kueue, which takes their kinds with it', QUEUES, release('kueue')),
  before('D6', 'forms of training go before Trainer, which takes their kinds with it', RUNTIMES, release('kubeflow-trainer')),
  before('D2', 'workflows go before their rights', release('argo-workflows'), within('weir:training:Workflows', /^aws:/)),
  before('D2', 'MLflow goes before its rights', release('mlflow'), within('weir:registry:Registry', /^aws:/)),
  before('D2', 'feature servers go before their rights', FEAST_SERVER, within('weir:features:Features', /^aws:/)),
  before('D5', "MLflow goes before the databases are anybody's", release('mlflow'), DATABASES),
  before('D5', "workflows go before the databases are anybody's", release('argo-workflows'), DATABASES),
  before('D5', "feature servers go before the databases are anybody's", FEAST_SERVER, DATABASES),
  before('D5', 'who makes databases goes before the passwords that it keeps', DATABASES, PASSWORDS),
  each(
    'D10',
    'passwords go at once: a name that waits a month to be free would stop the next stack, and the Job makes another',
    PASSWORDS,
    ({ inputs }) => inputs.recoveryWindowInDays === 0,
    { inputs: {} },
  ),
];
