import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { Graph } from '../../cli/graph/node.ts';
import { Features } from '../../components/features/features.ts';
import type { FeaturesArgs } from '../../components/features/plan.ts';
import { Databases } from '../../components/registry/databases.ts';
import type { RegistryArgs } from '../../components/registry/plan.ts';
import { Registry } from '../../components/registry/registry.ts';
import { Queueing } from '../../components/training/queueing.ts';
import { Trainer } from '../../components/training/trainer.ts';
import { Workflows } from '../../components/training/workflows.ts';
import type { WorkflowsArgs } from '../../components/training/workflows-plan.ts';
import { graphOf, PLACE } from './graphs.ts';

/** What differs between tests. */
export interface Change {
  readonly replicas?: number;
  readonly ownNodes?: boolean;
  readonly trainingGpus?: number;
  readonly people?: WorkflowsArgs['people'];
  readonly locked?: boolean;
  readonly online?: FeaturesArgs['online'];
}

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1';
const CLUSTER = { clusterName: 'weir-test' };
const VALKEY = 'arn:aws:elasticache:eu-west-1:123456789012';
const ONLINE: FeaturesArgs['online'] = {
  kind: 'valkey',
  endpoint: 'clustercfg.features.example',
  group: 'weir-test-features',
  groupArn: `${VALKEY}:replicationgroup:weir-test-features`,
  user: 'weir-test-feast-rw',
  userArn: `${VALKEY}:user:weir-test-feast-rw`,
};
export const FEAST_IMAGE = '1.dkr.ecr/feast@sha256:abc';

/** Training, registry and features on the databases that they share, as the platform builds them. */
export function workGraph(change: Change = {}, preview = false): Promise<Graph> {
  const { replicas = 2, ownNodes = true, trainingGpus = 8, people, locked = true, online = ONLINE } = change;
  const image: RegistryArgs['image'] = { repository: pulumi.output('1.dkr.ecr/mlflow'), digest: `sha256:${'ab'.repeat(32)}` };
  return graphOf(() => {
    const inside = { providers: [new k8s.Provider('test-kubernetes', {})] };
    const given = { ...PLACE, ...CLUSTER, replicas, keyArn: KEY };
    const master = { host: 'db.example', masterSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:master' };
    const databases = new Databases('test-databases', { ...given, ...master, image: FEAST_IMAGE, after: [] }, inside);
    const queueing = new Queueing('test-queueing', { replicas, ownNodes, after: [] }, inside);
    const trainer = new Trainer('test-trainer', { replicas, trainingGpus, after: queueing.ready }, inside);
    const on = (role: 'argo' | 'mlflow' | 'feast') => ({ host: 'db.example', secret: databases.secrets[role] });
    const after = databases.ready;
    const certificates = { image: FEAST_IMAGE, path: '/etc/ssl/rds.pem' };
    const argo = { bucket: 'features', certificates, database: { ...on('argo'), name: 'argo' }, after };
    const workflows = new Workflows('test-workflows', { ...given, ...argo, ...(people === undefined ? {} : { people }) }, inside);
    const registry = new Registry(
      'test-registry',
      { ...given, domain: 'ml.example.com', image, bucket: 'models', locked, database: on('mlflow'), after },
      inside,
    );
    const buckets = { features: 'features', athena: 'athena' };
    const features = {
      ...given,
      image: FEAST_IMAGE,
      replicas: { min: replicas, max: 10 },
      online,
      buckets,
      dataPolicy: 'keep' as const,
      database: on('feast'),
      after,
    };
    return [trainer, workflows, registry, new Features('test-features', features, inside)];
  }, preview);
}
