import type { Resource } from '@pulumi/pulumi';
import { Certificates } from '../../components/certificates/certificates.ts';
import { NAMESPACES } from '../../components/kubernetes/plan.ts';
import { LoadBalancerController } from '../../components/load-balancer/load-balancer-controller.ts';
import { ALERT_KEYS } from '../../components/observability/alertmanager/receivers.ts';
import { ExternalSecrets } from '../../components/secrets/external-secrets.ts';
import { GivenSecrets } from '../../components/secrets/given-secrets.ts';
import type { GivenSecret } from '../../components/secrets/plan.ts';
import { clusterNameOf, tagsOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';
import { type Below, replicasOf } from './below.ts';
import { checkedCluster } from './nodes.ts';

/** Controllers that everything above asks: each goes after whatever has asked it. */
export interface BuiltControllers {
  /** Who makes load balancers: before the gateway. */
  readonly loadBalancer: readonly Resource[];
  /** Certificates, by the issuers `ISSUERS`. */
  readonly certificates: readonly Resource[];
  /** What generates and reads secrets, with the stores of the platform's namespaces. */
  readonly secrets: readonly Resource[];
  /** All of them. */
  readonly ready: readonly Resource[];
}

/** Namespaces that read Secrets Manager; those of tenants bring their own store. */
const READERS = [NAMESPACES.monitoring, NAMESPACES.registry, NAMESPACES.features, NAMESPACES.workflows, NAMESPACES.gateway];

/** The Secret with the client secret of people's sign-on, key `client-secret`; in the gateway's namespace. */
export const PEOPLE_SECRET = 'weir-people';

/** @param after System nodes, namespaces, the kinds of monitors. */
export function buildControllers(below: Below, after: readonly Resource[]): BuiltControllers {
  const { settings, foundation, inside } = below;
  const { environment: env, account, partition, region, karpenter } = settings;
  const place = { account, partition, region };
  const clusterName = checkedCluster(below);
  const replicas = replicasOf(settings);
  const shared = { ...place, clusterName, rolePrefix: clusterNameOf(settings), ownNodes: karpenter === 'on', after };

  const { vpcId } = foundation.network;
  const loadBalancer = new LoadBalancerController(`${env}-load-balancer`, { ...shared, vpcId, tags: tagsOf(settings) }, inside);
  const certificates = new Certificates(`${env}-certificates`, { ...shared, ...publicIssuerOf(settings), replicas }, inside);
  const keyArn = foundation.keys.data;
  const reading = { env, keyArn };
  const secrets = new ExternalSecrets(`${env}-secrets`, { ...shared, ...reading, replicas }, inside);
  const given = new GivenSecrets(
    `${env}-given-secrets`,
    { env, region, namespaces: READERS, secrets: givenSecrets(settings), after: secrets.ready },
    inside,
  );

  const ready = { loadBalancer: loadBalancer.ready, certificates: certificates.ready, secrets: [...secrets.ready, ...given.ready] };
  return { ...ready, ready: Object.values(ready).flat() };
}

/** The rules of the settings have seen that an issuer has a zone. */
function publicIssuerOf({ gateway, region }: Settings) {
  const { issuer: email, dnsZone: zone } = gateway;
  return email === undefined || zone === undefined ? {} : { publicIssuer: { email, zone, region } };
}

/** Only what the settings ask for: a key that nobody has given keeps the whole Secret from being made. */
function givenSecrets({ alerts, gateway }: Settings): readonly GivenSecret[] {
  const keys = [
    ...(alerts.receivers.includes('slack') ? ['slack-url'] : []),
    ...(alerts.receivers.includes('pagerduty') ? ['pagerduty-key'] : []),
    ...(alerts.watchdog === 'on' ? ['watchdog-url'] : []),
  ];
  const receivers: GivenSecret = {
    key: 'alerts',
    namespace: NAMESPACES.monitoring,
    secretName: ALERT_KEYS,
    keys,
  };
  const people: GivenSecret = {
    key: 'people',
    namespace: NAMESPACES.gateway,
    secretName: PEOPLE_SECRET,
    keys: ['client-secret'],
  };
  return [receivers, ...(gateway.people === undefined ? [] : [people])];
}
