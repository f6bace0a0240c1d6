import type { TenantModel } from '../loaded.ts';
import { metadataOf, modelSelector } from './metadata.ts';
import { modelName } from './names.ts';
import { PROXY_PORT } from './proxy.ts';
import type { KubernetesObject, RenderEnvironment } from './types.ts';

type Part = Readonly<Record<string, unknown>>;

/** HTTPS, and MSK with IAM. */
const HTTPS = 443;
const KAFKA = 9_098;
const TRITON_METRICS = 8_002;
/** Where EKS hands Pod Identity's credentials to a pod: the node's own agent. */
const POD_IDENTITY = '169.254.170.23/32';

/**
 * In: the gateway and the controller, to the proxy; Prometheus, to the metrics. Out: names, Kafka, the VPC's endpoints, the node's credentials,
 * and the feature server where the model has features. Nobody reaches a server beside its proxy.
 */
export function networkPolicy(model: TenantModel, environment: RenderEnvironment): KubernetesObject {
  const { gateway, monitoring, runtime } = environment.namespaces;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(model, modelName(model.model)),
    spec: {
      podSelector: { matchLabels: modelSelector(model) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [namespace(gateway), namespace(runtime)], ports: [tcp(PROXY_PORT)] },
        { from: [namespace(monitoring)], ports: [tcp(PROXY_PORT), tcp(TRITON_METRICS)] },
      ],
      egress: [dns(), { to: [block(POD_IDENTITY)], ports: [tcp(80)] }, ...endpoints(environment), ...featureServer(model, environment)],
    },
  };
}

function dns(): Part {
  return { to: [namespace('kube-system')], ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] };
}

/** An empty list of peers would mean everywhere. */
function endpoints({ egressCidrs }: RenderEnvironment): readonly Part[] {
  return egressCidrs.length === 0 ? [] : [{ to: egressCidrs.map(block), ports: [tcp(HTTPS), tcp(KAFKA)] }];
}

/** The feature server is a Service: `http://<name>.<namespace>[.svc…]:<port>`. */
function featureServer(model: TenantModel, environment: RenderEnvironment): readonly Part[] {
  if (model.features === undefined) return [];
  const { hostname, port, protocol } = new URL(environment.featureServer);
  const [, home] = hostname.split('.');
  if (home === undefined) throw new Error(`the feature server "${environment.featureServer}" names no namespace`);
  return [{ to: [namespace(home)], ports: [tcp(port === '' ? (protocol === 'https:' ? HTTPS : 80) : Number(port))] }];
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
