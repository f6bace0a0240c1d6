import { ArgsError, messageOf } from '../../runtime/errors.ts';

/** Where to look, and how patiently. */
export interface NoNodesLeft {
  readonly region: string;
  readonly clusterName: string;
  /** The node group that is about to go. While another one has nodes it is only replaced: Karpenter goes on there, and nothing is waited for. */
  readonly nodeGroup?: string;
  /** How much of each pause is waited: 1 waits as long as it says, a rehearsal a hundredth of it. */
  readonly pace: number;
  /** Hears what is waited for: a destroy that is silent for minutes looks stuck. */
  readonly say?: (text: string) => void;
}

interface Instance {
  readonly id: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** EC2 says `terminated` within one to two minutes of the call: asking more often tells nothing new. */
const POLL_SECONDS = 15;

/** As long as deletes of NodePools have (30-platform, 10). */
const PATIENCE_MINUTES = 30;

/** States that Karpenter itself counts as alive (its instance provider, 1.14.1): a stopped instance holds its interface, too. */
const STATES = ['pending', 'running', 'stopping', 'stopped', 'shutting-down'];

/** Karpenter writes the first on its nodes, EKS the second on those of a group. */
const [POOL, GROUP] = ['karpenter.sh/nodepool', 'eks:nodegroup-name'];

/** More names than this help nobody. */
const NAMED = 10;

/**
 * Waits until no node that Karpenter made for the cluster is left: their interfaces keep subnets and security groups from being deleted, and
 * once the system nodes are gone nothing in the cluster ends them (30-platform, D1 and D3). `AWS_ENDPOINT_URL` leads it elsewhere.
 *
 * Throws an `ArgsError` that names the nodes that are left after 30 minutes, or says why EC2 did not answer.
 */
export async function noNodesLeft(where: NoNodesLeft): Promise<void> {
  const { region, clusterName, pace, say = () => {} } = where;
  let left = await karpenterNodes(where);
  if (left.length > 0 && (await isReplaced(where))) return;
  for (let seconds = 0; left.length > 0 && seconds < PATIENCE_MINUTES * 60; seconds += POLL_SECONDS) {
    if (seconds % 60 === 0) say(`waiting for ${inWords(left)}`);
    await pause(POLL_SECONDS * pace);
    left = await karpenterNodes(where);
  }
  if (left.length === 0) return;
  const ids = left.map(({ id }) => id).join(' ');
  throw new ArgsError(
    `cluster ${clusterName}`,
    `${inWords(left)} after ${PATIENCE_MINUTES} minutes`,
    `Nothing in the cluster ends them any more. Look at what runs there, then \`aws ec2 terminate-instances --region ${region} --instance-ids ${ids}\` and destroy again.`,
  );
}

const inWords = (left: readonly Instance[]): string => {
  const named = left.slice(0, NAMED).map(({ id, state, tags }) => `${id} (${tags[POOL] ?? 'no pool'}, ${state})`);
  const more = left.length > NAMED ? [`${left.length - NAMED} more`] : [];
  return `${left.length} ${left.length === 1 ? 'node' : 'nodes'} of Karpenter: ${[...named, ...more].join(', ')}`;
};

const karpenterNodes = (where: NoNodesLeft): Promise<readonly Instance[]> =>
  describe(where, { 'tag-key': [POOL], [`tag:kubernetes.io/cluster/${where.clusterName}`]: ['owned'], 'instance-state-name': STATES });

/** EKS writes both tags on the nodes of its groups. */
async function isReplaced(where: NoNodesLeft): Promise<boolean> {
  if (where.nodeGroup === undefined) return false;
  const nodes = await describe(where, { 'tag-key': [GROUP], 'tag:eks:cluster-name': [where.clusterName], 'instance-state-name': ['running'] });
  return nodes.some(({ tags }) => tags[GROUP] !== undefined && tags[GROUP] !== where.nodeGroup);
}

async function describe({ region, clusterName }: NoNodesLeft, filters: Readonly<Record<string, string[]>>): Promise<readonly Instance[]> {
  const { EC2Client, paginateDescribeInstances } = await import('@aws-sdk/client-ec2'); // here, so that a plan does not load it
  const client = new EC2Client({ region });
  const Filters = Object.entries(filters).map(([Name, Values]) => ({ Name, Values }));
  const found: Instance[] = [];
  try {
    for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: 1000 }, { Filters })) {
      for (const { InstanceId = '', State, Tags = [] } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
        found.push({ id: InstanceId, state: State?.Name ?? 'in no known state', tags });
      }
    }
    return found;
  } catch (cause) {
    const remedy = 'Give the role that destroys `ec2:DescribeInstances` and a way to EC2, then destroy again.';
    throw new ArgsError(`cluster ${clusterName}`, `EC2 did not say which nodes are left: ${messageOf(cause)}`, remedy, { cause });
  } finally {
    client.destroy();
  }
}

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));
