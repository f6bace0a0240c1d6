import { ArgsError } from '../runtime/errors.ts';

/** An EKS add-on that Weir installs. */
export type AddonName =
  | 'vpc-cni'
  | 'eks-pod-identity-agent'
  | 'kube-proxy'
  | 'coredns'
  | 'aws-ebs-csi-driver'
  | 'aws-efs-csi-driver'
  | 'aws-mountpoint-s3-csi-driver'
  | 'snapshot-controller'
  | 'metrics-server'
  | 'eks-node-monitoring-agent';

/** A version that somebody has read somewhere; or none, and then EKS takes its default, and the plan says so. */
export type Pin =
  | { readonly version: string; readonly verified: true; readonly source: string; readonly readOn: string }
  | { readonly version: null; readonly verified: false };

/** A Kubernetes version of EKS. */
export interface EksVersion {
  readonly version: string;
  readonly addons: Readonly<Record<AddonName, Pin>>;
}

const UNPINNED: Pin = { version: null, verified: false };

const EKS: readonly EksVersion[] = [
  {
    version: '1.35',
    addons: {
      'vpc-cni': UNPINNED,
      'eks-pod-identity-agent': UNPINNED,
      'kube-proxy': UNPINNED,
      coredns: UNPINNED,
      'aws-ebs-csi-driver': UNPINNED,
      'aws-efs-csi-driver': UNPINNED,
      'aws-mountpoint-s3-csi-driver': UNPINNED,
      'snapshot-controller': UNPINNED,
      'metrics-server': UNPINNED,
      'eks-node-monitoring-agent': UNPINNED,
    },
  },
];

/** The row of a version. Throws an `ArgsError` for one that is not in the table. */
export function eksVersion(version: string): EksVersion {
  const found = EKS.find((row) => row.version === version);
  if (found !== undefined) return found;
  throw new ArgsError('cluster.version', `"${version}" is not known`, `Use one of ${EKS.map((row) => row.version).join(', ')}.`);
}
