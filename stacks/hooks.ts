import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { balancerOf } from '../components/gateway/addresses.ts';
import { noBalancerLeft } from '../components/gateway/no-balancer-left.ts';
import { noNodesLeft } from '../components/nodes/no-nodes-left.ts';

/** Pauses between tries, about eight minutes in all: an interface vanishes minutes after what made it (pulumi-eks#194, pulumi#8504). */
const RETRY_SECONDS = [10, 20, 30, 60, 60, 60, 60, 60, 60, 60];

/** How EC2 words that something is still attached: subnets, groups, gateways (first three) and addresses (last). */
const STILL_ATTACHED = /DependencyViolation|has a dependent object|is in use|InvalidIPAddress\.InUse/i;

/**
 * Seconds after which a failed operation is tried again, null for never: only deletes, and only while AWS still sees something attached
 * (30-platform, D11). The engine gives all errors so far, the newest first.
 */
export function retryAfter(errors: readonly string[], operation: string): number | null {
  const [newest = ''] = errors;
  return operation === 'delete' && STILL_ATTACHED.test(newest) ? (RETRY_SECONDS[errors.length - 1] ?? null) : null;
}

/** The stack's hooks. They are made once: the engine refuses a second one of the same name. */
export function makeHooks(settings: { readonly region: string; readonly clusterName: string }): Hooks {
  return {
    dependencyViolation: new pulumi.ErrorHook('retry-dependency-violation', async ({ errors, failedOperation }) => {
      const seconds = retryAfter(errors, failedOperation);
      if (seconds === null) return false;
      await pause(seconds * pace());
      return true;
    }),
    noNodesLeft: new pulumi.ResourceHook('no-nodes-left', ({ id }) => {
      const [, nodeGroup] = id.split(':'); // cluster:group
      const replaced = nodeGroup === undefined ? {} : { nodeGroup };
      return noNodesLeft({ ...settings, ...replaced, pace: pace(), say: (text) => void pulumi.log.info(text) });
    }),
    noBalancerLeft: new pulumi.ResourceHook('no-balancer-left', () =>
      noBalancerLeft({
        region: settings.region,
        balancer: balancerOf(settings.clusterName),
        pace: pace(),
        say: (text) => void pulumi.log.info(text),
      }),
    ),
  };
}

/** How much of each pause is waited: a rehearsal, whose stand-ins need no time, sets a hundredth. */
const pace = (): number => Number(process.env.WEIR_HOOK_PACE ?? 1);

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));
