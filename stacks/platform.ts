import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { ClusterBase } from '../components/kubernetes/cluster-base.ts';
import { ModelApi } from '../components/kubernetes/model-api.ts';
import { kubernetesProvider } from '../components/kubernetes/provider.ts';
import { Topics } from '../components/topics/topics.ts';
import type { BuiltFoundation } from './foundation.ts';
import type { StackSettings } from './settings.ts';

/**
 * What runs in the cluster for everybody. In the stack of the foundation all of it goes before any of the foundation does (30-platform D5): objects
 * by their provider, the rest one by one.
 */
export function buildPlatform({ settings }: StackSettings, { outputs, ready }: BuiltFoundation, options: ComponentResourceOptions): void {
  const { environment: env, dataPolicy } = settings;
  const { cluster, keys, kafka } = outputs;
  const connection = { kubeconfig: cluster.kubeconfig, clusterArn: cluster.arn };
  const inside = { providers: [kubernetesProvider(`${env}-kubernetes`, connection, { dependsOn: [...ready] })] };

  const ownCluster = cluster.owner.apply((owner) => owner === 'weir');
  new ClusterBase(`${env}-base`, { version: cluster.version, ownCluster, volumeKeyArn: keys.cluster }, inside);
  new ModelApi(`${env}-models`, inside);
  new Topics(`${env}-topics`, { clusterArn: kafka.arn, replication: kafka.replication, dataPolicy, after: ready }, options);
}
