/** One registered resource, as the request to the engine carried it (40-pulumi, 4). */
export interface Node {
  /** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`, as the engine makes it. */
  readonly urn: string;
  /** Such as `aws:ec2/vpc:Vpc`, or `weir:network:Network` of a component. */
  readonly type: string;
  readonly name: string;
  /** The parent's URN; empty for the stack alone. */
  readonly parent: string;
  /** False for components, which no provider creates. */
  readonly custom: boolean;
  /** A component that another process would build: none may exist, since nobody sees its children. */
  readonly remote: boolean;
  /** As given to the SDK, in camelCase. Secrets lie in their envelope, unknown values are the marker (secrets.ts). */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of what is made first and deleted last. */
  readonly dependencies: readonly string[];
  /** The provider's URN and id, joined by `::`. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly aliases: readonly string[];
  /** Names of the hooks that run on it. */
  readonly hooks: { readonly beforeDelete: readonly string[]; readonly onError: readonly string[] };
  /** As Pulumi writes them: `30m`; empty means the provider's own. */
  readonly timeouts: { readonly create: string; readonly update: string; readonly delete: string };
}

/** By URN, in the order of registration. */
export type Graph = ReadonlyMap<string, Node>;

/** What a provider would answer. */
export interface World {
  /** A first preview: ids, and outputs that are no inputs, are unknown. Default false: everything has been created. */
  readonly preview?: boolean;
  readonly stack?: string;
  /** Settings with their namespace, such as `weir:profile`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. */
  readonly secretKeys?: readonly string[];
  /** Outputs that are not inputs: a cluster's endpoint, or the `outputs` of a `pulumi:pulumi:StackReference`. */
  readonly state?: (resource: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }) => Record<string, unknown>;
}

export interface Recording {
  readonly graph: Graph;
  /** URNs registered more than once: the engine refuses the second. */
  readonly duplicates: readonly string[];
  /** The stack's outputs, as values with secrets in their envelope. */
  readonly outputs: Readonly<Record<string, unknown>>;
}
