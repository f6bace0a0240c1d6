import type { Input, Resource } from '@pulumi/pulumi';
import type { PublicIssuer } from './issuers.ts';

/** Certificates, and who signs them. It costs nothing. */
export interface CertificatesArgs {
  readonly clusterName: Input<string>;
  /** Begins the name of its role: `weir-prod`. */
  readonly rolePrefix: string;
  readonly account: string;
  readonly partition: string;
  /** Let's Encrypt, where the gateway's certificate comes from it. Default: Weir's own authority alone. */
  readonly publicIssuer?: PublicIssuer;
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** What must be there first: nodes, namespaces, the kinds of monitors. */
  readonly after: readonly Resource[];
}
