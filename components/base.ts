import type { ComponentResourceOptions, CustomResourceOptions, ErrorHook, Inputs, ResourceHook } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';

/** What a destroy does with data: `keep` protects it and leaves it in the cloud, `drop` deletes it. */
export type DataPolicy = 'keep' | 'drop';

/** The stack's hooks, made once and given to every component that needs one (a second hook of the same name is refused by the engine). */
export interface Hooks {
  /** Tries again while AWS still sees something attached: network interfaces vanish minutes after what made them (30-platform D11). */
  readonly dependencyViolation: ErrorHook;
  /** Before the last nodes that Karpenter can run on go: waits until it has ended every node of its own (30-platform D1, D3). */
  readonly noNodesLeft: ResourceHook;
  /** Before what removes the gateway's load balancer goes: waits until that is gone (30-platform D4). */
  readonly noBalancerLeft: ResourceHook;
}

/** Every component of ours: options of its children come from here, so that a policy for data is never set by hand. */
export abstract class Component extends pulumi.ComponentResource<Inputs> {
  /** What others depend on, instead of the component: edges to every child of a component are quadratic (40-pulumi, 12). */
  abstract readonly ready: readonly pulumi.Resource[];

  // oxlint-disable-next-line no-useless-constructor -- it narrows the type token
  constructor(type: `weir:${string}:${string}`, name: string, args: Inputs, options?: ComponentResourceOptions) {
    super(type, name, args, options);
  }

  /** Options of a child that holds no data. */
  protected child(options: CustomResourceOptions = {}): CustomResourceOptions {
    return { ...options, parent: this };
  }

  /** Options of a child that holds data: with `keep` a destroy refuses while it is protected, and leaves it behind after that. */
  protected stateful(policy: DataPolicy, options: CustomResourceOptions = {}): CustomResourceOptions {
    const keep = policy === 'keep';
    return { ...options, parent: this, protect: keep, retainOnDelete: keep };
  }

  /**
   * Options of a child that stays under every policy: a locked bucket, which nobody can destroy, or the key of something that stays. It is
   * protected as the policy says, so that a stack whose data may go can still be destroyed.
   */
  protected lasting(policy: DataPolicy, options: CustomResourceOptions = {}): CustomResourceOptions {
    return { ...this.stateful(policy, options), retainOnDelete: true };
  }
}
