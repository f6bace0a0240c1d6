import { ArgsError } from '../../runtime/errors.ts';
import { type ClusterInEc2, GROUP, karpenterNodes, type Left, looseInterfaces, nodesOfGroups, POOL } from './left-in-ec2.ts';

/** Where to look, and how patiently. */
export interface NoNodesLeft extends ClusterInEc2 {
  /**
   * The node group that is about to go. While another one has nodes it is only replaced: Karpenter goes on there, and nothing is waited for. Without it
   * Karpenter itself is about to go, and still lives.
   */
  readonly nodeGroup?: string;
  /** How much of each pause is waited: 1 waits as long as it says, a rehearsal a hundredth of it. */
  readonly pace: number;
  /** Hears what is waited for: a destroy that is silent for minutes looks stuck. */
  readonly say?: (text: string) => void;
}

/** EC2 says `terminated` within one to two minutes of the call: asking more often tells nothing new. */
const POLL_SECONDS = 15;

/** As long as deletes of NodePools have (30-platform, 10). */
const PATIENCE_MINUTES = 30;

/** More names than this help nobody. */
const NAMED = 10;

/**
 * Waits until no node that Karpenter made for the cluster is left, and then no interface of their pods: both keep subnets and security groups from being
 * deleted (30-platform, D1 and D3). `AWS_ENDPOINT_URL` leads it elsewhere.
 *
 * Throws an `ArgsError` that names what is left after 30 minutes, or says why EC2 did not answer.
 */
export async function noNodesLeft(where: NoNodesLeft): Promise<void> {
  const { pace, say = () => {} } = where;
  let left = await whatIsLeft(where);
  if (left.length > 0 && (await isReplaced(where))) return;
  for (let seconds = 0; left.length > 0 && seconds < PATIENCE_MINUTES * 60; seconds += POLL_SECONDS) {
    if (seconds % 60 === 0) say(`waiting for ${inWords(left)}`);
    await pause(POLL_SECONDS * pace);
    left = await whatIsLeft(where);
  }
  if (left.length === 0) return;
  throw new ArgsError(`cluster ${where.clusterName}`, `${inWords(left)} after ${PATIENCE_MINUTES} minutes`, remedyFor(left, where));
}

/** Interfaces go with their nodes: they are asked for when the last node is gone. */
async function whatIsLeft(where: NoNodesLeft): Promise<readonly Left[]> {
  const nodes = await karpenterNodes(where);
  return nodes.length > 0 ? nodes : await looseInterfaces(where);
}

async function isReplaced(where: NoNodesLeft): Promise<boolean> {
  if (where.nodeGroup === undefined) return false;
  const nodes = await nodesOfGroups(where);
  return nodes.some(({ tags }) => tags[GROUP] !== undefined && tags[GROUP] !== where.nodeGroup);
}

const inWords = (left: readonly Left[]): string => {
  const named = left.slice(0, NAMED).map(({ kind, id, state, tags }) => (kind === 'node' ? `${id} (${tags[POOL] ?? 'no pool'}, ${state})` : id));
  const more = left.length > NAMED ? [`${left.length - NAMED} more`] : [];
  const things = left[0]?.kind === 'interface' ? 'interface' : 'node';
  const owner = things === 'node' ? 'of Karpenter' : 'of pods whose node has ended';
  return `${left.length} ${left.length === 1 ? things : `${things}s`} ${owner}: ${[...named, ...more].join(', ')}`;
};

function remedyFor(left: readonly Left[], { region, nodeGroup }: NoNodesLeft): string {
  const ids = left.map(({ id }) => id);
  if (left[0]?.kind === 'interface') {
    const commands = ids.map((id) => `aws ec2 delete-network-interface --region ${region} --network-interface-id ${id}`);
    return `Nothing is attached to them. \`${commands.join(' && ')}\` and destroy again.`;
  }
  const end = `\`aws ec2 terminate-instances --region ${region} --instance-ids ${ids.join(' ')}\``;
  return nodeGroup === undefined
    ? `\`kubectl get nodeclaims\` and their events say what holds them: a pod that may not be disrupted, or a pool that is not of this stack. End that, or ${end}, and destroy again.`
    : `Nothing in the cluster ends them any more. Look at what runs there, then ${end} and destroy again.`;
}

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));
