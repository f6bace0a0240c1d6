/**
 * The model registry: immutable versions with a signed manifest, and aliases that move. Two adapters: a directory, MLflow in the
 * cluster; `test/registry/contract.ts` holds what both must do.
 */
export interface Registry {
  /** Copies a directory in as the next or the named version. Refuses (ArgsError) a version that exists with another digest. */
  push(source: PushRequest): Promise<RegisteredVersion>;
  get(model: string, version: string): Promise<RegisteredVersion | null>;
  list(): Promise<readonly RegisteredVersion[]>;
  /** Checks every sha256 and the signature, then gives the folder to load from. ArgsError names the file that differs. */
  fetch(model: string, version: string): Promise<{ readonly directory: string; readonly version: RegisteredVersion }>;
  /** The controller alone moves aliases (`champion`, `challenger`). */
  setAlias(model: string, alias: string, version: string): Promise<void>;
  aliases(model: string): Promise<Readonly<Record<string, string>>>;
  /** A note on a version that is not part of its digest: `locked`, `reason`, … */
  tag(model: string, version: string, tags: Readonly<Record<string, string>>): Promise<void>;
}

export interface PushRequest {
  readonly directory: string;
  readonly model: string;
  readonly version: string;
  readonly lineage: Lineage;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface Lineage {
  readonly code: string;
  readonly data: readonly { readonly uri: string; readonly sha256: string }[];
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly trainedAt: string;
}

/** `manifest.json` of a version: its canonical JSON's sha256 is the digest that rollouts go by. */
export interface Manifest {
  readonly kind: 'weir.registry/Manifest';
  readonly v: 1;
  readonly model: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
  readonly lineage: Lineage;
  /** Hold-out figures: `auc`, `brier`, `base_rate`, … */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface RegisteredVersion {
  readonly model: string;
  readonly version: string;
  /** `sha256:` + hex of the canonical manifest. */
  readonly digest: string;
  readonly manifest: Manifest;
  /** Ed25519 over the canonical manifest, base64, with the key's id. */
  readonly signature: { readonly keyId: string; readonly value: string };
  readonly createdAt: string;
  readonly tags: Readonly<Record<string, string>>;
  /** True when `reference.json` is among the files: without it no version gets weight. */
  readonly hasReference: boolean;
}

/** File names that a version's folder may hold; everything else is kept and hashed, but not read by Weir. */
export const FILES = { model: 'model.onnx', reference: 'reference.json', golden: 'golden.json', signature: 'schema.json' } as const;
