/** Where a cluster is. */
export interface ClusterAddress {
  readonly name: string;
  /** `https://…`. */
  readonly endpoint: string;
  /** Base64, as EKS describes it. */
  readonly certificateAuthority: string;
  readonly region: string;
}

/**
 * The kubeconfig of a cluster, as JSON. It holds no credential: `aws eks get-token` signs a request with those of whoever runs it,
 * valid for 15 minutes (40-pulumi, 8).
 */
export function kubeconfigOf({ name, endpoint, certificateAuthority, region }: ClusterAddress): string {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', name, '--region', region, '--output', 'json'],
    interactiveMode: 'Never',
    provideClusterInfo: false,
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    users: [{ name, user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
