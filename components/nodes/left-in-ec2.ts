import type { EC2Client } from '@aws-sdk/client-ec2';
import { ArgsError, messageOf } from '../../runtime/errors.ts';

/** Which cluster's. */
export interface ClusterInEc2 {
  readonly region: string;
  readonly clusterName: string;
}

/** Something that keeps a subnet or a security group from being deleted. */
export interface Left {
  readonly kind: 'node' | 'interface';
  readonly id: string;
  /** Of an instance, or of an interface. */
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
}

type Filters = Readonly<Record<string, readonly string[]>>;

/** States that Karpenter itself counts as alive (its instance provider, 1.14.1): a stopped instance holds its interface, too. */
const STATES = ['pending', 'running', 'stopping', 'stopped', 'shutting-down'];

/** Karpenter writes the first on its nodes, EKS the second on those of a group. */
export const [POOL, GROUP] = ['karpenter.sh/nodepool', 'eks:nodegroup-name'] as const;

/** The CNI writes both on the interfaces that it attaches to nodes for their pods. */
const [CNI_NODE, CNI_CLUSTER] = ['node.k8s.amazonaws.com/instance_id', 'cluster.k8s.amazonaws.com/name'];

/** Nodes that Karpenter made for the cluster and that have not ended. */
export function karpenterNodes(cluster: ClusterInEc2): Promise<readonly Left[]> {
  return instances(cluster, { 'tag-key': [POOL], [`tag:kubernetes.io/cluster/${cluster.clusterName}`]: ['owned'], 'instance-state-name': STATES });
}

/** EKS writes both tags on the nodes of its groups. */
export function nodesOfGroups(cluster: ClusterInEc2): Promise<readonly Left[]> {
  return instances(cluster, { 'tag-key': [GROUP], 'tag:eks:cluster-name': [cluster.clusterName], 'instance-state-name': ['running'] });
}

/** Interfaces of pods whose node ended before it had given them back: the CNI of another node deletes them, within the hour. */
export function looseInterfaces(cluster: ClusterInEc2): Promise<readonly Left[]> {
  const filters = filtersOf({ 'tag-key': [CNI_NODE], [`tag:${CNI_CLUSTER}`]: [cluster.clusterName], status: ['available'] });
  return asking(cluster, async (client, { paginateDescribeNetworkInterfaces }) => {
    const found: Left[] = [];
    for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces({ client, pageSize: 1000 }, { Filters: filters })) {
      for (const { NetworkInterfaceId = '', Status = 'in no known state', TagSet = [] } of NetworkInterfaces) {
        found.push({ kind: 'interface', id: NetworkInterfaceId, state: Status, tags: tagsOf(TagSet) });
      }
    }
    return found;
  });
}

function instances(cluster: ClusterInEc2, filters: Filters): Promise<readonly Left[]> {
  return asking(cluster, async (client, { paginateDescribeInstances }) => {
    const found: Left[] = [];
    for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: 1000 }, { Filters: filtersOf(filters) })) {
      for (const { InstanceId = '', State, Tags = [] } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        found.push({ kind: 'node', id: InstanceId, state: State?.Name ?? 'in no known state', tags: tagsOf(Tags) });
      }
    }
    return found;
  });
}

const filtersOf = (filters: Filters) => Object.entries(filters).map(([Name, Values]) => ({ Name, Values: [...Values] }));

const tagsOf = (tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

type Sdk = typeof import('@aws-sdk/client-ec2');

/** @throws ArgsError when EC2 does not answer: silence is no proof that nothing is left */
async function asking<Answer>({ region, clusterName }: ClusterInEc2, ask: (client: EC2Client, sdk: Sdk) => Promise<Answer>): Promise<Answer> {
  const sdk = await import('@aws-sdk/client-ec2'); // here, so that a plan does not load it
  const client = new sdk.EC2Client({ region });
  try {
    return await ask(client, sdk);
  } catch (cause) {
    const remedy = 'Give the role that destroys `ec2:DescribeInstances` and `ec2:DescribeNetworkInterfaces`, and a way to EC2, then destroy again.';
    throw new ArgsError(`cluster ${clusterName}`, `EC2 did not say what is left: ${messageOf(cause)}`, remedy, { cause });
  } finally {
    client.destroy();
  }
}
