import { ArgsError, messageOf } from '../../runtime/errors.ts';

/** Where to look, and how patiently. */
export interface NoBalancerLeft {
  readonly region: string;
  /** The load balancer's name. */
  readonly balancer: string;
  /** How much of each pause is waited: 1 waits as long as it says, a rehearsal a hundredth of it. */
  readonly pace: number;
  /** Hears what is waited for: a destroy that is silent for minutes looks stuck. */
  readonly say?: (text: string) => void;
}

/** A network load balancer takes one to five minutes to go: asking more often tells nothing new. */
const POLL_SECONDS = 15;

/** As long as a release has to go (components/release.ts). */
const PATIENCE_MINUTES = 15;

/**
 * Waits until no interface of the gateway's load balancer is left. The Gateway is gone by then, and its controllers still live: they remove Service and load
 * balancer. Without them both would stay, be paid, and keep subnets from being deleted (30-platform D4). `AWS_ENDPOINT_URL` leads it elsewhere.
 *
 * Throws an `ArgsError` that says what is left after 15 minutes and how it goes, or why EC2 did not answer.
 */
export async function noBalancerLeft(where: NoBalancerLeft): Promise<void> {
  const { region, balancer, pace, say = () => {} } = where;
  let left = await interfacesOf(where);
  for (let seconds = 0; left.length > 0 && seconds < PATIENCE_MINUTES * 60; seconds += POLL_SECONDS) {
    if (seconds % 60 === 0) say(`waiting for load balancer ${balancer}: ${left.join(', ')}`);
    await pause(POLL_SECONDS * pace);
    left = await interfacesOf(where);
  }
  if (left.length === 0) return;
  throw new ArgsError(
    `load balancer ${balancer}`,
    `still has ${left.join(', ')} after ${PATIENCE_MINUTES} minutes`,
    `If it is protected, its controller refuses (kubectl -n weir-gateway get events): run an \`up\` with dataPolicy: drop first. Else look at \`aws elbv2 describe-load-balancers --region ${region} --names ${balancer}\`, then destroy again.`,
  );
}

/** ELB describes its interfaces by the load balancer that they belong to: `ELB net/<name>/<id>`. */
async function interfacesOf({ region, balancer }: NoBalancerLeft): Promise<readonly string[]> {
  const { EC2Client, paginateDescribeNetworkInterfaces } = await import('@aws-sdk/client-ec2'); // here, so that a plan does not load it
  const client = new EC2Client({ region });
  const Filters = [{ Name: 'description', Values: [`ELB net/${balancer}/*`] }];
  const found: string[] = [];
  try {
    for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces({ client, pageSize: 1000 }, { Filters })) {
      found.push(...NetworkInterfaces.map(({ NetworkInterfaceId = '', AvailabilityZone = '' }) => `${NetworkInterfaceId} (${AvailabilityZone})`));
    }
    return found;
  } catch (cause) {
    const remedy = 'Give the role that destroys `ec2:DescribeNetworkInterfaces` and a way to EC2, then destroy again.';
    throw new ArgsError(`load balancer ${balancer}`, `EC2 did not say whether it is gone: ${messageOf(cause)}`, remedy, { cause });
  } finally {
    client.destroy();
  }
}

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));
