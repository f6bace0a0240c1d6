import type { Input, Resource } from '@pulumi/pulumi';
import type { Hooks } from '../base.ts';
import type { Statement } from '../identity/policy.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

/** Who writes the gateway's name into a zone. It costs nothing beside its pod. */
export interface ExternalDnsArgs {
  /** Names below it are written. */
  readonly domain: string;
  /** Route 53's id of its zone. */
  readonly zone: string;
  /** The cluster's: pods of another one are refused its role. */
  readonly clusterName: Input<string>;
  /** Begins the name of its role, and marks what it wrote: `weir-prod`. */
  readonly rolePrefix: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** Of the cluster. */
  readonly region: string;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** What must be there first: nodes, the kinds of monitors. */
  readonly after: readonly Resource[];
  /** The stack's hooks: what waits until the load balancer is gone. */
  readonly hooks: Pick<Hooks, 'noBalancerLeft'>;
}

/** Where it runs; its role is for this service account. */
export const EXTERNAL_DNS = { namespace: NAMESPACES.dns, serviceAccount: 'external-dns' } as const;

/** Records of one zone. Which zones there are IAM binds to nothing: their names are no secret. */
export function zoneStatements({ zone, partition }: Pick<ExternalDnsArgs, 'zone' | 'partition'>): readonly Statement[] {
  const resources = [`arn:${partition}:route53:::hostedzone/${zone}`];
  return [
    {
      sid: 'WriteTheZone',
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResource'],
      resources,
    },
    { sid: 'FindTheZone', actions: ['route53:ListHostedZones', 'route53:ListHostedZonesByName'], resources: ['*'] },
  ];
}
