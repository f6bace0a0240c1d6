/** One resource as any source gives it: a recorded program, a state, a preview, a live pack, or a Kubernetes object from a file. */
export interface Resource {
  /** Its identity: `urn:pulumi:…` of a stack, `k8s:apps/Deployment:tenant-shop/fraud-a` of an object that no stack makes. */
  readonly urn: string;
  /** Pulumi's type: `aws:s3/bucket:Bucket`, `kubernetes:apps/v1:Deployment`; objects from files get theirs by `apiVersion` and `kind`. */
  readonly type: string;
  readonly name: string;
  /** As given to the SDK, in camelCase; of Kubernetes the object itself. Unknown values are markers or throw, secrets lie in envelopes: see `Reader`. */
  readonly props: unknown;
  /** What the source says beside the properties; what it does not tell is missing. */
  readonly options: Options;
}

/** How a resource was registered. CrossGuard tells the first four, a state all but `remote` of what is no component, a file none. */
export interface Options {
  readonly protect?: boolean;
  /** URN; empty for the stack. */
  readonly parent?: string;
  /** URNs of what it needs, by its inputs or by `dependsOn`. */
  readonly dependencies?: readonly string[];
  /** The provider's URN, without its id. */
  readonly provider?: string;
  readonly retainOnDelete?: boolean;
  readonly remote?: boolean;
}
export type OptionName = keyof Options;

/**
 * What rules select by: of AWS the type, of Kubernetes the group and the kind whatever the version, `apps/Deployment`, and the kind alone in the core group, `Pod`.
 * A patch of an object (`ServiceAccountPatch`) is no object of that kind.
 */
export function keyOf(type: string): string {
  const [, group, kind] = /^kubernetes:([^/:]+)\/[^:]+:(\w+)$/.exec(type) ?? [];
  if (group === undefined || kind === undefined) return type;
  return group === 'core' ? kind : `${group}/${kind}`;
}

/** Pulumi's type of a Kubernetes object: `v1`, `Pod` is `kubernetes:core/v1:Pod`. */
export function typeOfObject(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
