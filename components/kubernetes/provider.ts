import * as k8s from '@pulumi/kubernetes';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';

export interface KubernetesProviderArgs {
  /** JSON without a credential. It is an output of the cluster's: so everything in the cluster goes before the cluster does. */
  readonly kubeconfig: Input<string>;
  /** Says which cluster it is: without it a changed kubeconfig can replace every object (pulumi-kubernetes#4019, pulumi-eks#764). */
  readonly clusterArn: Input<string>;
}

/**
 * Reaches the cluster with the credentials of whoever runs Pulumi. Left unset on purpose (40-pulumi, 8): `deleteUnreachable` and
 * `skipUpdateUnreachable` forget objects when the network fails, `enablePatchForce` takes fields from controllers, `upsertExistingObjects` adopts
 * what others made.
 */
export function kubernetesProvider(name: string, { kubeconfig, clusterArn }: KubernetesProviderArgs, options: CustomResourceOptions): k8s.Provider {
  return new k8s.Provider(
    name,
    {
      kubeconfig,
      clusterIdentifier: clusterArn,
      enableServerSideApply: true,
      suppressHelmHookWarnings: true,
      helmReleaseSettings: { driver: 'secret' },
      kubeClientSettings: { qps: 50, burst: 100, timeout: 60 }, // seconds; the SDK's 32 are too few for a CRD of 100 KB behind a busy endpoint
    },
    options,
  );
}
