import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { noNodesLeft } from '../components/nodes/no-nodes-left.ts';

/** Seconds between tries, ten minutes in all: an interface vanishes minutes after what made it (pulumi-eks#194, pulumi#8504). */
const RETRY_SECONDS = [10, 20, 30, 60, 60, 60, 60, 60, 60, 60];

/** The stack's hooks. They are made once: the engine refuses a second one of the same name. */
export function makeHooks(settings: { readonly region: string; readonly clusterName: string }): Hooks {
  return {
    dependencyViolation: new pulumi.ErrorHook('retry-dependency-violation', async ({ errors, failedOperation }) => {
      const seconds = RETRY_SECONDS[errors.length - 1];
      if (failedOperation !== 'delete' || seconds === undefined || !isDependencyViolation(errors)) return false;
      await pause(seconds * pace());
      return true;
    }),
    noNodesLeft: new pulumi.ResourceHook('no-nodes-left', () => noNodesLeft({ ...settings, pace: pace() })),
  };
}

/** The newest error comes first. */
const isDependencyViolation = ([newest = '']: readonly string[]): boolean => /DependencyViolation|has a dependent object|is in use/i.test(newest);

/** How much of each pause is waited: a rehearsal, whose stand-ins need no time, sets a hundredth. */
const pace = (): number => Number(process.env.WEIR_HOOK_PACE ?? 1);

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));
