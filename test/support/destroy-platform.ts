import type { Node } from '../../cli/graph/node.ts';
import { before, type DestroyRule } from './destroy-rules.ts';

type Kind = (node: Node) => boolean;

const inCluster: Kind = ({ type }) => type.startsWith('kubernetes:');
const typed =
  (...patterns: readonly RegExp[]): Kind =>
  ({ type }) =>
    patterns.some((pattern) => pattern.test(type));

/** Without the add-ons that run on nodes of a pool, which go before it (destroy-nodes.ts). */
const CLUSTER: Kind = (node) => /^aws:eks\/(cluster|nodeGroup|addon):/.test(node.type) && !node.urn.includes('weir:karpenter:PlainAddons$');
const ENTRIES: Kind = ({ type, inputs }) => /^aws:eks\/access(Entry|PolicyAssociation):/.test(type) && inputs.type !== 'EC2_LINUX';
const WAY_OUT = typed(/^aws:ec2\/(route|natGateway|internetGateway|vpcEndpoint):/);
/** Ranges that reach the private endpoint. */
const DOOR: Kind = ({ type, parent }) => type.endsWith(':SecurityGroupIngressRule') && parent.includes('::weir:cluster:Cluster::');
const STORES = typed(/^aws:rds\/instance:/, /^aws:msk\/cluster:/, /^aws:elasticache\/replicationGroup:/);
const TOPIC = typed(/^aws:msk\/topic:/);
const DEFINITION = typed(/:CustomResourceDefinition$/);
/** Of a component: other policies have bindings of their own. */
const inside =
  (component: string, kind: Kind): Kind =>
  (node) =>
    node.urn.includes(`${component}$`) && kind(node);
const POLICY = inside('weir:kubernetes:ModelApi', typed(/:ValidatingAdmissionPolicy$/));
const BINDING = inside('weir:kubernetes:ModelApi', typed(/:ValidatingAdmissionPolicyBinding$/));
const RELEASE = typed(/:helm\.sh\/v3:Release$/);
const MODEL = typed(/^kubernetes:weir\.dev\/[^:]+:Model$/);
/** What lies in the cluster for one tenant. */
const OF_TENANT: Kind = (node) => inCluster(node) && /weir:(tenant|model):/.test(node.urn);

/** Rules between the platform and what it stands on, in the stack that builds both (30-platform, 10). */
export const PLATFORM_RULES: readonly DestroyRule[] = [
  before('D5', 'what lies in the cluster goes before the cluster, its nodes and its add-ons', inCluster, CLUSTER),
  before('D5', 'what lies in the cluster goes before the entries that let the deploying role in', inCluster, ENTRIES),
  before('D5', 'what lies in the cluster goes before the ways to it', inCluster, WAY_OUT),
  before('D5', 'what lies in the cluster goes before what lets the deploying machine reach it', inCluster, DOOR),
  before('D5', 'what lies in the cluster goes before the data stores, since it may hold their clients', inCluster, STORES),
  before('D5', 'topics go before the brokers', TOPIC, typed(/^aws:msk\/cluster:/)),
];

/** Rules inside of the platform. */
export const CLUSTER_RULES: readonly DestroyRule[] = [
  before('D6', 'policies over models go before the kinds that they are about', POLICY, DEFINITION),
  before('D6', 'bindings go before their policies', BINDING, POLICY),
];

/** Rules between tenants and the platform, in a stack that builds both. */
export const TENANT_RULES: readonly DestroyRule[] = [
  before('D5', 'models go before the kind that they are of', MODEL, DEFINITION),
  before('D5', 'what tenants have in the cluster goes before every controller of the platform', OF_TENANT, RELEASE),
  before('D5', 'tenants go before what the API server refuses them', OF_TENANT, inside('weir:admission:Admission', typed(/Binding$/))),
];
