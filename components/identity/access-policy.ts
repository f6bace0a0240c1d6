/** EKS's own policies that Weir grants: all, or everything but Secrets without changing anything. */
export type AccessPolicy = 'AmazonEKSClusterAdminPolicy' | 'AmazonEKSViewPolicy';

/** These are EKS's, not IAM's: the ARN has neither region nor account. */
export function accessPolicyArn(policy: AccessPolicy, partition: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
}
