import type { TenantModel } from '../loaded.ts';
import { metadataOf, modelSelector } from './metadata.ts';
import { modelName } from './names.ts';
import type { MetricsPort } from './parts.ts';
import { PROXY_PORT } from './proxy.ts';
import type { KubernetesObject, ObjectMeta, RenderEnvironment } from './types.ts';

type Part = Readonly<Record<string, unknown>>;

const HTTPS = 443;
/** Where EKS hands Pod Identity's credentials to a pod: the node's own agent. */
const POD_IDENTITY = '169.254.170.23/32';

/** Pods that a policy is about. */
export interface Guarded {
  readonly metadata: ObjectMeta;
  readonly selector: Readonly<Record<string, string>>;
  /** The proxy's ports. */
  readonly ports: readonly number[];
  /** Where metrics are besides the proxies'. */
  readonly servers: readonly MetricsPort[];
  /** They read the feature store. */
  readonly features: boolean;
}

/** The policy of a model. @param servers Where metrics are besides the proxies'. */
export function networkPolicy(model: TenantModel, servers: readonly MetricsPort[], environment: RenderEnvironment): KubernetesObject {
  const metadata = metadataOf(model, modelName(model.model));
  const features = model.features !== undefined;
  return servingPolicy({ metadata, selector: modelSelector(model), ports: [PROXY_PORT], servers, features }, environment);
}

/**
 * In: the gateway and the controller, to the proxy; Prometheus, to the metrics. Out: names, Kafka, the VPC's endpoints, the node's credentials,
 * and the feature server where the model has features. Nobody reaches a server beside its proxy.
 */
export function servingPolicy(pods: Guarded, environment: RenderEnvironment): KubernetesObject {
  const { metadata, selector, ports, servers, features } = pods;
  const { gateway, monitoring, runtime } = environment.namespaces;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [namespace(gateway), namespace(runtime)], ports: ports.map(tcp) },
        { from: [namespace(monitoring)], ports: [...ports.map(tcp), ...servers.map(({ port }) => tcp(port))] },
      ],
      egress: [dns(), { to: [block(POD_IDENTITY)], ports: [tcp(80)] }, ...endpoints(environment), ...(features ? [featureServer(environment)] : [])],
    },
  };
}

function dns(): Part {
  return { to: [namespace('kube-system')], ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] };
}

/** Kafka by the ports of its bootstrap addresses, the rest by HTTPS. An empty list of peers would mean everywhere. */
function endpoints({ egressCidrs, kafka }: RenderEnvironment): readonly Part[] {
  const brokers = kafka.split(',').map((address) => Number(address.slice(address.lastIndexOf(':') + 1)));
  return egressCidrs.length === 0 ? [] : [{ to: egressCidrs.map(block), ports: [...new Set([HTTPS, ...brokers])].map(tcp) }];
}

/** The feature server is a Service: `http://<name>.<namespace>[.svc…]:<port>`. */
function featureServer(environment: RenderEnvironment): Part {
  const { hostname, port, protocol } = new URL(environment.featureServer);
  const [, home] = hostname.split('.');
  if (home === undefined) throw new Error(`the feature server "${environment.featureServer}" names no namespace`);
  return { to: [namespace(home)], ports: [tcp(port === '' ? (protocol === 'https:' ? HTTPS : 80) : Number(port))] };
}

function namespace(name: string): Part {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function block(cidr: string): Part {
  return { ipBlock: { cidr } };
}

function tcp(port: number): Part {
  return { protocol: 'TCP', port };
}
