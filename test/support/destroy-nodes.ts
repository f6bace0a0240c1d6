import { needs } from '../../cli/graph/needs.ts';
import type { Graph, Node } from '../../cli/graph/node.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { before, cut, type DestroyRule, each } from './destroy-rules.ts';

type Kind = (node: Node) => boolean;

const ofKind =
  (...kinds: readonly string[]): Kind =>
  ({ type, inputs }) =>
    /^kubernetes:[^:]+:/.test(type) && kinds.includes(String(inputs.kind));
const releaseOf =
  (...charts: readonly string[]): Kind =>
  ({ type, inputs }) =>
    type === 'kubernetes:helm.sh/v3:Release' && charts.includes(String(inputs.chart).split('/').at(-1) ?? '');
const inside =
  (...parts: readonly string[]): Kind =>
  ({ custom, urn }) =>
    custom && parts.every((part) => urn.includes(part));

const POOL = ofKind('NodePool');
const CLASS = ofKind('EC2NodeClass');
const KARPENTER = releaseOf('karpenter');
/** Rights, role of nodes, queue and rules. */
const IN_AWS = inside('weir:nodes:KarpenterCloud$');
const GPU_POOL: Kind = (node) => POOL(node) && /-gpu-(inference|training|shared)/.test(node.name);
const PLAIN_POOL: Kind = (node) => POOL(node) && node.name.endsWith('-general');
const PLAIN_ADDON: Kind = (node) => node.type === 'aws:eks/addon:Addon' && node.urn.includes('weir:karpenter:PlainAddons$');
const rolesOf = (component: string): Kind => inside(`${component}$weir:identity:PodRole$aws:`);

const annotationOf = ({ inputs }: Node, key: string): unknown => {
  const metadata = isMap(inputs.metadata) ? inputs.metadata : {};
  return isMap(metadata.annotations) ? metadata.annotations[key] : undefined;
};

/** Rules on nodes and on the controllers of the second wave, in every stack that builds the platform in a cluster of its own (30-platform, 10). */
export const NODES_RULES: readonly DestroyRule[] = [
  before('D1', 'pools go before what their nodes are made of', POOL, CLASS),
  before('D1', 'what nodes are made of goes before Karpenter, which clears its finalizers', CLASS, KARPENTER),
  before('D1', 'Karpenter goes before its kinds', KARPENTER, releaseOf('karpenter-crd')),
  before('D1', 'pools with GPUs go before the device plugin', GPU_POOL, releaseOf('nvidia-device-plugin')),
  before('D1', 'add-ons that tolerate no taint go before the pool that they run on', PLAIN_ADDON, PLAIN_POOL),
  each(
    'D1',
    'pools and classes have half an hour to go',
    (node) => POOL(node) || CLASS(node),
    ({ timeouts }) => timeouts.delete === '30m',
    {
      timeouts: { create: '', update: '', delete: '' },
    },
  ),
  each('D3', 'a pool is there until its nodes are drained and gone', POOL, (node) => annotationOf(node, FOREGROUND) === 'foreground', {
    inputs: { kind: 'NodePool' },
  }),
  each('D3', 'Karpenter stays until no node and no interface is left', KARPENTER, ({ hooks }) => hooks.beforeDelete.includes('no-nodes-left'), {
    hooks: { beforeDelete: [], onError: [] },
  }),
  before(
    'D4',
    'who deletes load balancers goes before its rights',
    releaseOf('aws-load-balancer-controller'),
    rolesOf('weir:load-balancer:LoadBalancerController'),
  ),
  before('D6', 'issuers and certificates go before cert-manager', ofKind('ClusterIssuer', 'Certificate'), releaseOf('cert-manager')),
  {
    id: 'D6',
    rule: 'secrets that are read go before the store of their namespace',
    check: unread,
    broken: (graph) => cut(graph, () => true, ofKind('SecretStore')),
  },
  before(
    'D6',
    'secrets, stores and generators go before External Secrets',
    ofKind('ExternalSecret', 'SecretStore', 'Password'),
    releaseOf('external-secrets'),
  ),
  before('D6', 'External Secrets goes before its rights', releaseOf('external-secrets'), rolesOf('weir:secrets:ExternalSecrets')),
];

const FOREGROUND = 'pulumi.com/deletionPropagationPolicy';

/** And where one stack builds the foundation, too. */
export const NODES_OVER_FOUNDATION: readonly DestroyRule[] = [
  before('D1', "Karpenter's kinds go before the system nodes and the cluster", releaseOf('karpenter-crd'), ({ type }) =>
    /^aws:eks\/(cluster|nodeGroup):/.test(type),
  ),
  before('D2', 'pools go before the rights, the queue and the rules of Karpenter', POOL, IN_AWS),
];

/** A store alone is not enough: it has to be the one of the namespace. */
function unread(graph: Graph): readonly string[] {
  const stores = [...graph.values()].filter(ofKind('SecretStore'));
  const readers = [...graph.values()].filter(
    (node) => ofKind('ExternalSecret')(node) && isMap(node.inputs.spec) && 'secretStoreRef' in node.inputs.spec,
  );
  if (readers.length === 0) return ['D6 has no subject in this graph'];
  return readers.flatMap((reader) => {
    const outlived = needs(graph, reader.urn);
    const own = stores.filter((store) => namespaceOf(store) === namespaceOf(reader));
    return own.length > 0 && own.every(({ urn }) => outlived.has(urn)) ? [] : [`${reader.name} has no store that outlives it`];
  });
}

const namespaceOf = ({ inputs }: Node): unknown => (isMap(inputs.metadata) ? inputs.metadata.namespace : undefined);
