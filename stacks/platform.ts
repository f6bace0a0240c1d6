import * as pulumi from '@pulumi/pulumi';
import { ClusterBase } from '../components/kubernetes/cluster-base.ts';
import { ModelApi } from '../components/kubernetes/model-api.ts';
import { Topics } from '../components/topics/topics.ts';
import type { Below } from './platform/below.ts';
import { buildLake } from './platform/lake.ts';
import { modelsOutputs } from './platform/models-outputs.ts';
import { buildTenantRoles } from './platform/tenant-roles.ts';
import type { Built, PlatformOutputs } from './refs.ts';

/**
 * What runs in the cluster for everybody, in the waves of 30-platform 3.1: what a wave needs is there before it, and goes after it. In the stack of
 * the foundation all of it goes before any of the foundation does (D5): objects by their provider, the rest one by one.
 */
export function buildPlatform(below: Below, foundationReady: readonly pulumi.Resource[]): Built<PlatformOutputs> {
  const { settings, foundation, inside, cloud } = below;
  const { environment: env, dataPolicy } = settings;
  const { cluster, keys, kafka } = foundation;

  const ownCluster = cluster.owner.apply((owner) => owner === 'weir');
  const base = new ClusterBase(`${env}-base`, { version: cluster.version, ownCluster, volumeKeyArn: keys.cluster }, inside);
  const models = new ModelApi(`${env}-models`, inside);
  const topics = new Topics(`${env}-topics`, { clusterArn: kafka.arn, replication: kafka.replication, dataPolicy, after: foundationReady }, cloud);
  const lake = buildLake(below, foundationReady);
  const tenantRoles = buildTenantRoles(below);

  const outputs = { ...outputsOf(below), lake: lake.outputs, tenantRoles: tenantRoles.outputs };
  return { outputs, ready: [...base.ready, ...models.ready, ...topics.ready, ...lake.ready, ...tenantRoles.ready] };
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
