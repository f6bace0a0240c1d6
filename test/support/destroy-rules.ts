import { needs } from '../../cli/graph/needs.ts';
import type { Graph, Node } from '../../cli/graph/node.ts';

/** One rule of the order in which an environment goes (30-platform, 10), as a check of the recorded graph. */
export interface DestroyRule {
  /** `D7`. */
  readonly id: string;
  readonly rule: string;
  /** What is wrong, a sentence each; empty when the rule holds. A graph in which the rule has no subject is wrong. */
  readonly check: (graph: Graph) => readonly string[];
  /** The graph without what makes the rule hold: the check must complain about it. */
  readonly broken: (graph: Graph) => Graph;
}

type Kind = (node: Node) => boolean;

const ofType =
  (...types: readonly string[]): Kind =>
  ({ type }) =>
    types.includes(type);

const CLUSTER = ofType('aws:eks/cluster:Cluster');
const NODE_GROUP = ofType('aws:eks/nodeGroup:NodeGroup');
const ADDON = ofType('aws:eks/addon:Addon');
/** Entries of nodes (EC2_LINUX) are Karpenter's affair. */
const ACCESS: Kind = ({ type, inputs }) => /^aws:eks\/access(Entry|PolicyAssociation):/.test(type) && inputs.type !== 'EC2_LINUX';
const GROUP_RULE = ofType('aws:ec2/securityGroupRule:SecurityGroupRule');
const CONTROL_PLANE_LOG: Kind = ({ type, inputs }) =>
  type === 'aws:cloudwatch/logGroup:LogGroup' && /^\/aws\/eks\/.+\/cluster$/.test(String(inputs.name));
/** Add-ons that are ready without a node: nodes cannot join, or drain, without them. */
const FIRST_ADDONS = ['vpc-cni', 'eks-pod-identity-agent', 'kube-proxy'];
const FIRST_ADDON: Kind = (node) => ADDON(node) && FIRST_ADDONS.includes(String(node.inputs.addonName));
const LATER_ADDON: Kind = (node) => ADDON(node) && !FIRST_ADDON(node);
const WAYS = ofType(
  'aws:ec2/route:Route',
  'aws:ec2/routeTableAssociation:RouteTableAssociation',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/internetGateway:InternetGateway',
  'aws:ec2/vpcEndpoint:VpcEndpoint',
);
/** A door whose group admits nobody is shut. */
const WAY_OUT: Kind = (node) => WAYS(node) || (node.parent.includes('::weir:network:Network::') && node.type.endsWith(':SecurityGroupIngressRule'));
/** Rights, role of nodes, queue, rules: everything of Karpenter's in AWS. */
const KARPENTER: Kind = ({ custom, urn }) => custom && urn.includes('weir:nodes:KarpenterCloud$');
const KARPENTER_IN_EKS: Kind = (node) => KARPENTER(node) && node.type.startsWith('aws:eks/');
const IN_CLUSTER: Kind = ({ type }) => type.startsWith('kubernetes:');
/** What AWS refuses to delete while an interface, which vanishes minutes later, is still attached. */
const ATTACHED = ofType(
  'aws:ec2/subnet:Subnet',
  'aws:ec2/securityGroup:SecurityGroup',
  'aws:ec2/internetGateway:InternetGateway',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/eip:Eip',
  'aws:ec2/vpc:Vpc',
);

/** Every rule that one graph can show. */
export const DESTROY_RULES: readonly DestroyRule[] = [
  before('D1', 'system nodes go before the cluster', NODE_GROUP, CLUSTER),
  before('D1', 'system nodes go before what lets nodes drain: addresses, credentials of pods, services', NODE_GROUP, FIRST_ADDON),
  before('D1', 'system nodes go before every rule of their security group', NODE_GROUP, GROUP_RULE),
  before('D1', 'add-ons that run on system nodes go before them', LATER_ADDON, NODE_GROUP),
  before('D1', 'system nodes go before the entries that let people and pipelines in', NODE_GROUP, ACCESS),
  before('D2', 'what lies in the cluster goes before the rights, the queue and the rules of Karpenter', IN_CLUSTER, KARPENTER),
  before('D2', 'entry and rights of the nodes of Karpenter go before the cluster', KARPENTER_IN_EKS, CLUSTER),
  each('D3', 'system nodes wait until the last node of Karpenter is gone', NODE_GROUP, (node) => node.hooks.beforeDelete.includes('no-nodes-left'), {
    hooks: { beforeDelete: [], onError: [] },
  }),
  before('D7', 'the cluster goes before routes, gateways and endpoints', CLUSTER, WAY_OUT),
  before('D7', 'system nodes go before routes, gateways and endpoints', NODE_GROUP, WAY_OUT),
  before('D8', "the control plane's log group is made before the cluster", CLUSTER, CONTROL_PLANE_LOG),
  each('D8', "the control plane's log group stays when the stack goes", CONTROL_PLANE_LOG, (node) => node.retainOnDelete && !node.protect, {
    retainOnDelete: false,
  }),
  each(
    'D9',
    'nothing counts as gone because something else is',
    () => true,
    (node) => node.deletedWith === '',
    { deletedWith: 'urn:pulumi:test::weir::aws:eks/cluster:Cluster::x' },
  ),
  each(
    'D11',
    'subnets, groups, gateways and addresses are deleted again while something is still attached',
    ATTACHED,
    (node) => node.hooks.onError.includes('retry-dependency-violation'),
    {
      hooks: { beforeDelete: [], onError: [] },
    },
  ),
];

/** `first` is gone before `then` starts to go: it needs each of them, by whatever way. */
export function before(id: string, rule: string, first: Kind, then: Kind): DestroyRule {
  const check = (graph: Graph) => {
    const [goers, stayers] = [nodes(graph, first), nodes(graph, then)];
    if (goers.length === 0 || stayers.length === 0) return [`${id} has no subject in this graph`];
    return goers.flatMap((goer) => {
      const outlived = needs(graph, goer.urn);
      return stayers.filter(({ urn }) => !outlived.has(urn)).map(({ name }) => `${name} may go before ${goer.name}`);
    });
  };
  return { id, rule, check, broken: (graph) => cut(graph, () => true, then) };
}

/** Every subject has a property; `broken` takes it from the first of them. */
export function each(id: string, rule: string, subject: Kind, holds: Kind, without: Partial<Node>): DestroyRule {
  const check = (graph: Graph) => {
    const subjects = nodes(graph, subject);
    if (subjects.length === 0) return [`${id} has no subject in this graph`];
    return subjects.filter((node) => !holds(node)).map(({ name }) => `${name}: not so`);
  };
  return { id, rule, check, broken: (graph) => changed(graph, nodes(graph, subject)[0], without) };
}

/** The graph without the edges from such nodes to such nodes. */
export function cut(graph: Graph, from: Kind, to: Kind): Graph {
  const targets = new Set(nodes(graph, to).map(({ urn }) => urn));
  const edges = (node: Node) => (from(node) ? node.dependencies.filter((urn) => !targets.has(urn)) : node.dependencies);
  return new Map([...graph].map(([urn, node]) => [urn, { ...node, dependencies: edges(node) }]));
}

function changed(graph: Graph, node: Node | undefined, change: Partial<Node>): Graph {
  return node === undefined ? graph : new Map([...graph, [node.urn, { ...node, ...change }]]);
}

const nodes = (graph: Graph, kind: Kind): readonly Node[] => [...graph.values()].filter(kind);
