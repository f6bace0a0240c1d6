import type { Input, Resource } from '@pulumi/pulumi';
import type { Hooks } from '../base.ts';
import { type NodeClassArgs, type NodeClassPlan, planNodeClasses } from './node-classes.ts';

/** What starts and ends nodes, and what they are made of. It costs nothing; each node that it starts costs what EC2 asks for it. */
export interface KarpenterArgs extends Omit<NodeClassArgs, 'identity'> {
  /** Name of the queue with news of interruptions. */
  readonly queue: Input<string>;
  /** Name of the role of nodes. */
  readonly nodeRole: Input<string>;
  /** Name of the profile that has this role. */
  readonly instanceProfile: Input<string>;
  /** True in a network without a way to the internet: Karpenter then asks neither IAM nor the price list. */
  readonly isolated: boolean;
  /** What must be there first, and goes last: rights, queue, system nodes, the kinds of monitors. */
  readonly after: readonly Resource[];
  readonly hooks: Hooks;
}

/** @throws ArgsError for an image that would change by itself */
export function planKarpenter(args: KarpenterArgs): readonly NodeClassPlan[] {
  const identity = args.isolated ? { instanceProfile: args.instanceProfile } : { role: args.nodeRole };
  return planNodeClasses({ ...args, identity });
}
