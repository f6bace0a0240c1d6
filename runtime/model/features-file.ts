// made by `npm run generate`; edit tenants/schemas/features.v1alpha1.json instead
/** As a person may write it. */
export interface FeaturesFile {
  /** What rows are about, and the key that a request carries. */
  readonly entities: Readonly<Record<string, FileEntity>>;
  /** Tables of features of one entity. */
  readonly views: Readonly<Record<string, FileView>>;
  /** What one model reads: whole views, or fields of views. A changed service gets a new name, as a version does. */
  readonly services: Readonly<Record<string, FileService>>;
}

export type FileEntity = {
  /** The tensor of the request that holds its key. */
  readonly key: string;
  /** KServe V2 datatype of the key. */
  readonly datatype?: 'BYTES' | 'INT64' | 'INT32';
};

export type FileView = {
  /** The entity of its rows. */
  readonly entity: string;
  /** Who answers for it. Default: the owner of the tenant. */
  readonly owner?: string;
  /** One sentence for people. */
  readonly description?: string;
  /** Promised age of the newest row. Past it models that read the view are warned of staleness. */
  readonly freshness: string;
  /** A row older than this counts as absent. */
  readonly ttl?: string;
  /** Where the rows come from: a table of the lake, or a file beside this one for the local platform. */
  readonly source: FileSource;
  /** The features. */
  readonly fields: Readonly<Record<string, FileKindOrField>>;
  /** Fields that say something about a person: never logged in full. */
  readonly personal?: readonly string[];
};

export type FileSource = {
  /** A table of the offline store. */
  readonly table?: string;
  /** A Parquet or CSV file, relative to this file: what the local platform reads. */
  readonly file?: string;
  /** Column with the time of a row. */
  readonly timestamp?: string;
};

export type FileKind = 'numeric' | 'categorical' | 'probability' | 'timestamp' | 'text' | 'embedding';

export type FileDatatype = 'BOOL' | 'INT32' | 'INT64' | 'FP32' | 'FP64' | 'BYTES';

export type FileField = {
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970; `text`: free text; `embedding`: a vector */
  readonly kind: FileKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype?: FileDatatype;
  /** Numbers only: outside of it a value is out of range. */
  readonly domain?: {
    /** Least value. */
    readonly min: number;
    /** Greatest value. */
    readonly max: number;
  };
  /** Values per row. Default: 1. */
  readonly shape?: number;
};

export type FileKindOrField = FileKind | FileField;

export type FileService = readonly string[];

/** With every layer merged, shorthand resolved and defaults there. */
export interface EffectiveFeatures {
  /** What rows are about, and the key that a request carries. */
  readonly entities: Readonly<Record<string, EffectiveEntity>>;
  /** Tables of features of one entity. */
  readonly views: Readonly<Record<string, EffectiveView>>;
  /** What one model reads: whole views, or fields of views. A changed service gets a new name, as a version does. */
  readonly services: Readonly<Record<string, EffectiveService>>;
}

export type EffectiveEntity = {
  /** The tensor of the request that holds its key. */
  readonly key: string;
  /** KServe V2 datatype of the key. */
  readonly datatype: 'BYTES' | 'INT64' | 'INT32';
};

export type EffectiveView = {
  /** The entity of its rows. */
  readonly entity: string;
  /** Who answers for it. Default: the owner of the tenant. */
  readonly owner?: string;
  /** One sentence for people. */
  readonly description?: string;
  /** Promised age of the newest row. Past it models that read the view are warned of staleness. */
  readonly freshness: string;
  /** A row older than this counts as absent. */
  readonly ttl: string;
  /** Where the rows come from: a table of the lake, or a file beside this one for the local platform. */
  readonly source: EffectiveSource;
  /** The features. */
  readonly fields: Readonly<Record<string, EffectiveKindOrField>>;
  /** Fields that say something about a person: never logged in full. */
  readonly personal: readonly string[];
};

export type EffectiveSource = {
  /** A table of the offline store. */
  readonly table?: string;
  /** A Parquet or CSV file, relative to this file: what the local platform reads. */
  readonly file?: string;
  /** Column with the time of a row. */
  readonly timestamp: string;
};

export type EffectiveKind = 'numeric' | 'categorical' | 'probability' | 'timestamp' | 'text' | 'embedding';

export type EffectiveDatatype = 'BOOL' | 'INT32' | 'INT64' | 'FP32' | 'FP64' | 'BYTES';

export type EffectiveField = {
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970; `text`: free text; `embedding`: a vector */
  readonly kind: EffectiveKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype: EffectiveDatatype;
  /** Numbers only: outside of it a value is out of range. */
  readonly domain?: {
    /** Least value. */
    readonly min: number;
    /** Greatest value. */
    readonly max: number;
  };
  /** Values per row. Default: 1. */
  readonly shape: number;
};

export type EffectiveKindOrField = EffectiveField;

export type EffectiveService = readonly string[];
