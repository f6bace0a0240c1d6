import * as pulumi from '@pulumi/pulumi';
import { ClusterBase } from '../components/kubernetes/cluster-base.ts';
import { ModelApi } from '../components/kubernetes/model-api.ts';
import { Topics } from '../components/topics/topics.ts';
import { buildAdmission } from './platform/admission.ts';
import { buildAutoscaling } from './platform/autoscaling.ts';
import type { Below, Part } from './platform/below.ts';
import { buildControllers } from './platform/controllers.ts';
import { buildFeatures } from './platform/features.ts';
import { buildGateway } from './platform/gateway.ts';
import { buildLake } from './platform/lake.ts';
import { modelsOutputs } from './platform/models-outputs.ts';
import { buildGpuMetrics, buildNodes } from './platform/nodes.ts';
import { buildDashboards, buildMonitoringKinds, buildObservability, buildRules } from './platform/observability.ts';
import { buildDatabases, buildRegistry } from './platform/registry.ts';
import { buildRuntime } from './platform/runtime.ts';
import { buildTenantRoles } from './platform/tenant-roles.ts';
import { buildTraining } from './platform/training.ts';
import type { Built, PlatformOutputs } from './refs.ts';

type Ready = readonly pulumi.Resource[];

/**
 * What runs in the cluster for everybody, in the waves of 30-platform 3.1: each wave depends on the one before it, so it comes after it and goes before
 * it. In the stack of the foundation all of it goes before any of the foundation does (D5): objects by their provider, the rest one by one.
 */
export function buildPlatform(below: Below, foundationReady: Ready): Built<PlatformOutputs> {
  const kinds = buildKinds(below);
  const cloud = buildCloud(below, foundationReady);

  const nodes = buildNodes(below, kinds.ready);
  const controllers = buildControllers(below, kinds.ready);
  const controlled = [...nodes.ready, ...controllers.ready];
  const databases = buildDatabases(below, controlled);

  const metrics = readyOf(buildObservability(below, controlled), buildGpuMetrics(below, controlled));
  const gateway = readyOf(buildGateway(below, { after: metrics, secrets: controllers.secrets }));
  const work = readyOf(buildAutoscaling(below, gateway), buildTraining(below, gateway, databases));
  const stores = readyOf(buildRegistry(below, work, databases), buildFeatures(below, work, databases));
  const runtime = readyOf(buildRuntime(below, stores), buildRules(below, stores), buildDashboards(below, stores));

  const outputs = { ...outputsOf(below), lake: cloud.lake.outputs, tenantRoles: cloud.roles.outputs };
  return { outputs, ready: [...kinds.models, ...cloud.ready, ...runtime] };
}

const readyOf = (...parts: readonly Part[]): Ready => parts.flatMap(({ ready }) => ready);

interface Kinds extends Part {
  /** The kinds of models with the rules over them. */
  readonly models: Ready;
}

/** Wave 1: namespaces, the kinds that a chart of their own brings, our own kinds, and what the API server refuses. */
function buildKinds(below: Below): Kinds {
  const { settings, foundation, inside } = below;
  const { cluster, keys } = foundation;
  const env = settings.environment;
  const ownCluster = cluster.owner.apply((owner) => owner === 'weir');
  const base = new ClusterBase(`${env}-base`, { version: cluster.version, ownCluster, volumeKeyArn: keys.cluster }, inside);
  const models = new ModelApi(`${env}-models`, inside);
  const charts = buildMonitoringKinds(below, base.ready).ready;
  const admission = buildAdmission(below, [...base.ready, ...models.ready, ...charts]);
  return { models: models.ready, ready: [...charts, ...admission.ready, ...models.ready] };
}

/** What lies in AWS and belongs to the platform: it waits for the brokers alone. */
function buildCloud(below: Below, foundationReady: Ready) {
  const { settings, foundation, cloud } = below;
  const { environment: env, dataPolicy } = settings;
  const { arn: clusterArn, replication } = foundation.kafka;
  const topics = new Topics(`${env}-topics`, { clusterArn, replication, dataPolicy, after: foundationReady }, cloud);
  const lake = buildLake(below, foundationReady);
  const roles = buildTenantRoles(below);
  return { lake, roles, ready: readyOf(topics, lake, roles) };
}

function outputsOf({ settings, foundation }: Below): Omit<PlatformOutputs, 'lake' | 'tenantRoles'> {
  const { account, region, layers, partition } = settings;
  const { cluster, keys, buckets, kafka } = foundation;
  return {
    place: {
      account: pulumi.output(account),
      region: pulumi.output(region),
      partition: pulumi.output(partition),
      layers: pulumi.output(layers.join(', ')),
    },
    cluster: { name: cluster.name, arn: cluster.arn, version: cluster.version, kubeconfig: cluster.kubeconfig },
    keys,
    buckets,
    kafka,
    models: modelsOutputs(settings, foundation),
  };
}
