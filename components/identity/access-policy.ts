/** EKS's own policies that Weir grants: all, or a look at what runs in namespaces without Secrets (AmazonEKSAdminViewPolicy would show those). */
export type AccessPolicy = 'AmazonEKSClusterAdminPolicy' | 'AmazonEKSViewPolicy';

/** These are EKS's, not IAM's: the ARN has neither region nor account. */
export function accessPolicyArn(policy: AccessPolicy, partition: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}
