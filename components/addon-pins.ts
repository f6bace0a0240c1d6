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

/** Where a version was read, and when: EKS publishes them by an API that needs an account (`aws eks describe-addon-versions`). */
export interface Evidence {
  readonly source: string;
  /** A day, or a month where no day was said. */
  readonly readOn: string;
}

/** A version with its evidence; or none, and then EKS takes its newest default, and the plan says so. */
export type Pin =
  | { readonly verified: true; readonly version: string; readonly evidence: Evidence }
  | { readonly verified: false; readonly version: null };

export type Pins = Readonly<Record<AddonName, Pin>>;

const UNVERIFIED: Pin = { verified: false, version: null };

const by =
  (evidence: Evidence) =>
  (version: string): Pin => ({ verified: true, version, evidence });

const api135Core = by({ source: "the API's defaults for 1.35, lkhun9311/gpu-platform-control-plane infra/aws/cluster/eks.tf", readOn: '2026-08-27' });
const api135 = by({ source: "the API's defaults for 1.35, skax-ca/eks-reference-infra live/dev/eks/main.tf", readOn: '2026-08-04' });
const newest135 = by({ source: "the API's newest for 1.35, devopscoop/aws-eks-template cluster/terraform.tfvars", readOn: '2026-08' });
const earlier135 = by({ source: "the API's newest for 1.35, in a public CDK configuration", readOn: '2026-05' });
const measured135 = by({ source: 'run on 1.35.2, a comparison of S3 drivers on the AWS blog (China)', readOn: '2026-06-15' });
const api136 = by({ source: 'what EKS chose for a cluster of 1.36, in a public compatibility matrix', readOn: '2026-09-16' });
const running136 = by({ source: 'active on a cluster of 1.36, in a public inventory', readOn: '2026-09-24' });
const api134 = by({ source: 'checked with the API for 1.34, in a public Terraform module', readOn: '2026-05' });
const newest134 = by({ source: "the API's newest for 1.34, devopscoop/aws-eks-template cluster/terraform.tfvars", readOn: '2026-04-18' });

/** By Kubernetes version. Each may be raised at any time: EKS changes an add-on in place. */
export const ADDON_PINS: Readonly<Record<string, Pins>> = {
  '1.36': {
    'vpc-cni': api136('v1.22.4-eksbuild.3'),
    'eks-pod-identity-agent': api136('v1.3.10-eksbuild.3'),
    'kube-proxy': api136('v1.36.0-eksbuild.21'),
    coredns: api136('v1.14.3-eksbuild.16'),
    'aws-ebs-csi-driver': running136('v1.66.0-eksbuild.1'),
    'aws-efs-csi-driver': UNVERIFIED,
    'aws-mountpoint-s3-csi-driver': UNVERIFIED,
    'snapshot-controller': UNVERIFIED,
    'metrics-server': running136('v0.9.0-eksbuild.11'),
    'eks-node-monitoring-agent': UNVERIFIED,
  },
  '1.35': {
    'vpc-cni': api135Core('v1.22.4-eksbuild.3'),
    'eks-pod-identity-agent': api135('v1.3.10-eksbuild.3'),
    'kube-proxy': api135Core('v1.35.3-eksbuild.21'),
    coredns: api135Core('v1.13.2-eksbuild.21'),
    'aws-ebs-csi-driver': api135('v1.63.1-eksbuild.1'),
    'aws-efs-csi-driver': newest135('v3.4.1-eksbuild.1'),
    'aws-mountpoint-s3-csi-driver': measured135('v2.4.1-eksbuild.1'),
    'snapshot-controller': newest135('v8.6.0-eksbuild.4'),
    'metrics-server': api135('v0.9.0-eksbuild.5'),
    'eks-node-monitoring-agent': earlier135('v1.6.4-eksbuild.1'),
  },
  '1.34': {
    'vpc-cni': api134('v1.20.5-eksbuild.1'),
    'eks-pod-identity-agent': newest134('v1.3.10-eksbuild.3'),
    'kube-proxy': api134('v1.34.6-eksbuild.2'),
    coredns: api134('v1.12.4-eksbuild.10'),
    'aws-ebs-csi-driver': api134('v1.59.0-eksbuild.1'),
    'aws-efs-csi-driver': api134('v3.1.0-eksbuild.1'),
    'aws-mountpoint-s3-csi-driver': api134('v2.5.0-eksbuild.1'),
    'snapshot-controller': newest134('v8.5.0-eksbuild.3'),
    'metrics-server': api134('v0.8.1-eksbuild.6'),
    'eks-node-monitoring-agent': UNVERIFIED,
  },
};
