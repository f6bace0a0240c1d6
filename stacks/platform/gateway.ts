import type { Resource } from '@pulumi/pulumi';
import { ISSUERS } from '../../components/certificates/issuers.ts';
import { ExternalDns } from '../../components/dns/external-dns.ts';
import { Gateway } from '../../components/gateway/gateway.ts';
import type { CertificateArgs, GatewayArgs } from '../../components/gateway/plan.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { clusterNameOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';
import { type Below, type Part, replicasOf } from './below.ts';
import { PEOPLE_SECRET } from './controllers.ts';

/** What the way in stands on. */
export interface BeforeGateway {
  /** The Load Balancer Controller with its role, issuers, the kinds of monitors: all that must outlive it. */
  readonly after: readonly Resource[];
  /** External Secrets' object with the client secret of people's sign-on. */
  readonly secrets: readonly Resource[];
}

/** The way in, and the name that leads to it: external-dns goes after the Gateway, whose name it has to take back. */
export function buildGateway({ settings, foundation, inside, hooks }: Below, { after, secrets }: BeforeGateway): Part {
  const { environment: env, account, partition, region, karpenter, profile, dataPolicy, gateway } = settings;
  const { jwt, people, scheme, requestsPerSecond, maxBodyMiB } = gateway;
  const clusterName = clusterNameOf(settings);
  const domain = domainOf(settings);
  const ownNodes = karpenter === 'on';
  const place = { account, partition, region, domain, clusterName: foundation.cluster.name, rolePrefix: clusterName, ownNodes, after, hooks };
  const names = gateway.dnsZone === undefined ? [] : [new ExternalDns(`${env}-dns`, { ...place, zone: gateway.dnsZone }, inside)];
  const args: GatewayArgs = {
    scheme,
    requestsPerSecond,
    maxBodyMiB,
    domain,
    clusterName,
    ownNodes,
    hooks,
    certificate: certificateOf(gateway),
    ...(jwt === undefined ? {} : { callers: jwt }),
    ...(people === undefined ? {} : { people: { ...people, secretName: PEOPLE_SECRET, secretReady: secrets } }),
    rateLimitEndpoint: foundation.valkey.rateLimitEndpoint,
    logsBucket: foundation.buckets.logs,
    deletionProtection: profile === 'prod' && dataPolicy === 'keep',
    dns: names.length > 0,
    replicas: replicasOf(settings),
    after: [...after, ...names.flatMap(({ ready }) => ready)],
  };
  return new Gateway(`${env}-gateway`, args, inside);
}

/** ACM's, Let's Encrypt's, or one of Weir's own authority. */
function certificateOf({ certificate, issuer }: Settings['gateway']): CertificateArgs {
  if (certificate !== undefined) return { kind: 'acm', arn: certificate };
  return { kind: 'issuer', name: issuer === undefined ? ISSUERS.own : ISSUERS.public };
}

/** The rules of the settings have seen that it is said. */
function domainOf({ gateway: { domain } }: Settings): string {
  if (domain !== undefined) return domain;
  throw new ArgsError('gateway.domain', 'is missing', 'Name the domain that models answer below.');
}
