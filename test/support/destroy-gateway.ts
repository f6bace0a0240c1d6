import type { Node } from '../../cli/graph/node.ts';
import { before, type DestroyRule, each } from './destroy-rules.ts';

type Kind = (node: Node) => boolean;

const within =
  (component: string): Kind =>
  ({ urn, custom }) =>
    custom && urn.includes(`${component}$`);
const release =
  (chart: string): Kind =>
  ({ type, inputs }) =>
    type === 'kubernetes:helm.sh/v3:Release' && String(inputs.name) === chart;
const ofKind =
  (...kinds: readonly string[]): Kind =>
  ({ type }) =>
    type.startsWith('kubernetes:') && kinds.some((kind) => type.endsWith(`:${kind}`));

const GATEWAY = ofKind('Gateway');
const PROXIES = ofKind('EnvoyProxy');
const CLASS = ofKind('GatewayClass');
const CONTROLLER = release('gateway-helm');
const OF_GATEWAY: Kind = ({ type }) => /^kubernetes:gateway\.(networking\.k8s\.io|envoyproxy\.io)\//.test(type);
const POLICIES = ofKind('ClientTrafficPolicy', 'SecurityPolicy', 'BackendTrafficPolicy');
const MAKER = within('weir:load-balancer:LoadBalancerController');
const WAITS: Kind = (node) => CONTROLLER(node) || release('external-dns')(node);
/** Roles of what runs in the cluster, and the releases that use them. */
const rights = (component: string): Kind =>
  (
    (inside) => (node: Node) =>
      inside(node) && node.type.startsWith('aws:')
  )(within(component));

/** Of the way in, autoscaling and admission (30-platform, 10). */
export const GATEWAY_RULES: readonly DestroyRule[] = [
  before('D4', 'the Gateway goes before who makes its load balancer, and that with its role', GATEWAY, MAKER),
  before('D4', 'what the proxies are made of goes before who makes their load balancer', PROXIES, MAKER),
  before(
    'D4',
    'the Gateway goes before its class and its proxies: they are described while they live',
    GATEWAY,
    (node) => CLASS(node) || PROXIES(node),
  ),
  each('D4', 'the controller waits until the load balancer is gone', WAITS, (node) => node.hooks.beforeDelete.includes('no-balancer-left'), {
    hooks: { beforeDelete: [], onError: [] },
  }),
  before('D6', 'everything of the gateway goes before its controller', OF_GATEWAY, CONTROLLER),
  before('D6', 'the Gateway goes before its policies: it is never open', GATEWAY, (node) => POLICIES(node) && node.name.endsWith('-callers')),
  before('D2', 'KEDA goes before its rights', release('keda'), rights('weir:autoscaling:Autoscaling')),
];
