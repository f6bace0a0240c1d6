import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Hooks } from '../base.ts';
import { balancerOf } from './addresses.ts';
import { PAGES, type PageOfPeople, type PeopleArgs } from './people-plan.ts';

/** Who may call a model. */
export interface CallersArgs {
  /** As it stands in `iss`. */
  readonly issuer: string;
  /** Where its keys stand. */
  readonly jwksUri: string;
  /** One of them stands in `aud`; 1 to 8. */
  readonly audiences: readonly string[];
  /** The claim that names the tenant whose models may be called. */
  readonly tenantClaim: string;
}

/** Who ends TLS. */
export type CertificateArgs =
  /** The load balancer, with a certificate of ACM. Behind it the VPC carries plain HTTP. */
  | { readonly kind: 'acm'; readonly arn: string }
  /** The proxies, with one that cert-manager has made by this ClusterIssuer. */
  | { readonly kind: 'issuer'; readonly name: string };

/**
 * The way in: Envoy Gateway, its proxies behind one network load balancer, and what every call must bring. The load balancer costs about 20 USD a month and
 * what it carries; two proxies take a CPU and 1 GiB.
 */
export interface GatewayArgs {
  /** The load balancer is named after it. */
  readonly clusterName: string;
  /** Models answer at `<tenant>.<domain>`, people's pages at `grafana.`, `mlflow.` and `argo.<domain>`. */
  readonly domain: string;
  /** `internal`: the VPC and what is connected to it. */
  readonly scheme: 'internal' | 'internet-facing';
  /** Who ends TLS: `{ kind: 'acm', arn }`, the load balancer; `{ kind: 'issuer', name }`, the proxies, with a certificate by that ClusterIssuer. */
  readonly certificate: CertificateArgs;
  /** Default: nobody may call. */
  readonly callers?: CallersArgs;
  /** Default: people's pages have no way in. */
  readonly people?: PeopleArgs;
  /** Of one tenant, over all proxies. */
  readonly requestsPerSecond: number;
  /** The longest request. */
  readonly maxBodyMiB: number;
  /** Host name of the Valkey that counts requests. */
  readonly rateLimitEndpoint: Input<string>;
  /** The bucket of logs. */
  readonly logsBucket: Input<string>;
  /** The load balancer refuses to be deleted. It has to be taken back by an `up` of its own: the controller reads it from the Service (docs/environments.md). */
  readonly deletionProtection: boolean;
  /** Whether external-dns writes `*.<domain>`. */
  readonly dns: boolean;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** Of the controller. */
  readonly replicas: 1 | 2;
  /** What must be there first: the kinds, certificates and their issuers, the Load Balancer Controller with its role, the kinds of monitors. */
  readonly after: readonly Resource[];
  /** The stack's hooks: what waits until the load balancer is gone. */
  readonly hooks: Pick<Hooks, 'noBalancerLeft'>;
}

/** A door of the Gateway. */
export interface ListenerPlan {
  readonly name: string;
  readonly hostname: string;
  /** Who may put routes behind it: tenants, or the Gateway's own namespace. */
  readonly from: 'tenants' | 'gateway';
}

export interface GatewayPlan {
  /** Of the load balancer. */
  readonly balancer: string;
  readonly listeners: readonly ListenerPlan[];
  /** None or one: who ends TLS is the proxies. */
  readonly issuers: readonly string[];
  /** None, or all. */
  readonly pages: readonly PageOfPeople[];
}

/** Envoy Gateway takes no more (SecurityPolicy of 1.9, `audiences`). */
const MOST_AUDIENCES = 8;

/** @throws ArgsError for a domain that no certificate covers, and for more audiences than the gateway takes */
export function planGateway({ clusterName, domain, certificate, callers, people }: GatewayArgs): GatewayPlan {
  if (!/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domain)) {
    throw new ArgsError('gateway.domain', `"${domain}" is no domain`, 'Use one such as models.example.com');
  }
  const audiences = callers?.audiences.length ?? 0;
  if (audiences > MOST_AUDIENCES) {
    throw new ArgsError(
      'gateway.jwt.audiences',
      `${audiences} of them, and Envoy Gateway takes ${MOST_AUDIENCES}`,
      'Let the issuer name one for all of Weir.',
    );
  }
  const pages = people === undefined ? [] : PAGES;
  const own = pages.map(({ name }): ListenerPlan => ({ name, hostname: `${name}.${domain}`, from: 'gateway' }));
  return {
    balancer: balancerOf(clusterName),
    listeners: [{ name: 'tenants', hostname: `*.${domain}`, from: 'tenants' }, ...own], // the narrower name wins, so no tenant can be called grafana
    issuers: certificate.kind === 'issuer' ? [certificate.name] : [],
    pages,
  };
}
