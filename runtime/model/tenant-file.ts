// made by `npm run generate`; edit tenants/schemas/tenant.v1alpha1.json instead
import type { ModelFile } from './model-file.ts';

/** As a person may write it. */
export interface TenantFile {
  /** The name of its folder, and part of its host name (`<tenant>.<domain>`) and namespace (`tenant-<tenant>`). Renaming it makes another tenant. */
  readonly tenant: string;
  /** The team that answers for the tenant. */
  readonly owner: string;
  /** One sentence for people. */
  readonly description?: string;
  /** How to reach people. At least an address. */
  readonly contacts: {
    /** An e-mail address that is read. */
    readonly email: string;
    /** A channel, with its #. */
    readonly slack?: string;
    /** Where the rota stands. */
    readonly oncall?: string;
  };
  /** Groups of the identity provider, and what they may do in the namespace of the tenant. */
  readonly groups: {
    /** Read everything, start workflows, see logs. */
    readonly developers?: readonly string[];
    /** As developers; may also abort, promote, pause and unlock rollouts. */
    readonly operators?: readonly string[];
    /** Read only. */
    readonly readers?: readonly string[];
  };
  /** The most delicate data its models see. Free text is logged as a hash in any class; at `restricted` every input is, unless the model file says `log: full` for the field. What is hashed is not watched for drift. */
  readonly dataClass?: 'public' | 'internal' | 'confidential' | 'restricted';
  /** Who pays: the tag on everything the tenant has. */
  readonly costCenter?: string;
  /** The most that the tenant may have at once. The sum of its models at their most replicas must fit, candidates of running rollouts included. */
  readonly quota?: {
    /** GPUs, serving and training together. */
    readonly gpus?: number;
    /** CPUs. */
    readonly cpu?: number;
    /** Memory. */
    readonly memory?: string;
    /** Volumes, and disk for model files. */
    readonly storage?: string;
    /** Model files. */
    readonly models?: number;
  };
  /** What the tenant may cost. Nothing is switched off by it: people are told. */
  readonly budget?: {
    /** A month. */
    readonly monthly?: number;
    /** Of all amounts in the files of this tenant. */
    readonly currency?: 'USD' | 'EUR' | 'GBP';
    /** At these shares of the budget people are told. */
    readonly alerts?: readonly number[];
  };
  /** Where messages go. Default: to the contacts. */
  readonly alerts?: {
    /** Messages that may wait till morning. */
    readonly warn?: {
      /** A channel, with its #. */
      readonly slack?: string;
      /** An e-mail address. */
      readonly email?: string;
      /** The secret that holds the routing key: its name, never the key. */
      readonly pagerduty?: string;
    };
    /** What wakes people up. */
    readonly page?: {
      /** A channel, with its #. */
      readonly slack?: string;
      /** An e-mail address. */
      readonly email?: string;
      /** The secret that holds the routing key: its name, never the key. */
      readonly pagerduty?: string;
    };
  };
  /** How long records are kept. A label must arrive while its prediction is still there. */
  readonly retention?: {
    /** The prediction log in the lake. */
    readonly predictions?: string;
    /** Verdicts, profiles and bundles. */
    readonly verdicts?: string;
  };
  /** What the platform team allows this tenant beyond the ordinary; reviewed by them (`CODEOWNERS`). */
  readonly trusted?: {
    /** Models that may run Python code in the server. */
    readonly pythonBackend?: readonly string[];
    /** Host names that its models may claim besides `<tenant>.<domain>`. */
    readonly hosts?: readonly string[];
    /** Rollout presets beyond the ordinary ones for its models: `local` is for one machine. */
    readonly presets?: readonly 'local'[];
  };
  /** What other tenants may use. What is not listed here is nobody else's. */
  readonly shares?: {
    /** Feature services, and the tenants that may read them. */
    readonly features?: Readonly<Record<string, FileTenantList>>;
    /** Registered models, and the tenants that may serve them. */
    readonly models?: Readonly<Record<string, FileTenantList>>;
  };
  /** Shared pools of the tenant: one server each that holds many models, loaded and unloaded on demand. A model of mode `shared` that names none lives in `default`. */
  readonly pools?: Readonly<Record<string, FilePool>>;
  /** What all models of the tenant have in common, below the preset and the model file. */
  readonly defaults?: FileModelDefaults;
}

export type FileTenantList = readonly string[];

export type FilePool = {
  /** `whole`: each replica has one GPU that its models share; `none`: a pool on CPU. */
  readonly gpu?: 'none' | 'whole';
  /** Default: any that the profile offers. */
  readonly accelerator?: 'l4' | 'a10g' | 'l40s' | 'a100' | 'h100';
  /** Fewest replicas; two, so that one may fail. */
  readonly min?: number;
  /** Most replicas. */
  readonly max?: number;
  /** On how many replicas each model is loaded. */
  readonly copies?: number;
  /** Of one replica. */
  readonly resources?: {
    /** CPUs. */
    readonly cpu?: number;
    /** Memory, shared memory included. */
    readonly memory?: string;
    /** Disk for model files. */
    readonly storage?: string;
    /** Size of `/dev/shm`. */
    readonly sharedMemory?: string;
  };
};

export type FileModelDefaults = {
  readonly risk?: NonNullable<ModelFile['risk']>;
  readonly serving?: NonNullable<ModelFile['serving']>;
  readonly slo?: NonNullable<ModelFile['slo']>;
  readonly drift?: NonNullable<ModelFile['drift']>;
  readonly cost?: NonNullable<ModelFile['cost']>;
  readonly rollout?: NonNullable<ModelFile['rollout']>;
  readonly retraining?: NonNullable<ModelFile['retraining']>;
};

/** With every layer merged, shorthand resolved and defaults there. */
export interface EffectiveTenant {
  /** The name of its folder, and part of its host name (`<tenant>.<domain>`) and namespace (`tenant-<tenant>`). Renaming it makes another tenant. */
  readonly tenant: string;
  /** The team that answers for the tenant. */
  readonly owner: string;
  /** One sentence for people. */
  readonly description?: string;
  /** How to reach people. At least an address. */
  readonly contacts: {
    /** An e-mail address that is read. */
    readonly email: string;
    /** A channel, with its #. */
    readonly slack?: string;
    /** Where the rota stands. */
    readonly oncall?: string;
  };
  /** Groups of the identity provider, and what they may do in the namespace of the tenant. */
  readonly groups: {
    /** Read everything, start workflows, see logs. */
    readonly developers: readonly string[];
    /** As developers; may also abort, promote, pause and unlock rollouts. */
    readonly operators: readonly string[];
    /** Read only. */
    readonly readers: readonly string[];
  };
  /** The most delicate data its models see. Free text is logged as a hash in any class; at `restricted` every input is, unless the model file says `log: full` for the field. What is hashed is not watched for drift. */
  readonly dataClass: 'public' | 'internal' | 'confidential' | 'restricted';
  /** Who pays: the tag on everything the tenant has. */
  readonly costCenter: string;
  /** The most that the tenant may have at once. The sum of its models at their most replicas must fit, candidates of running rollouts included. */
  readonly quota: {
    /** GPUs, serving and training together. */
    readonly gpus: number;
    /** CPUs. */
    readonly cpu: number;
    /** Memory. */
    readonly memory: string;
    /** Volumes, and disk for model files. */
    readonly storage: string;
    /** Model files. */
    readonly models: number;
  };
  /** What the tenant may cost. Nothing is switched off by it: people are told. */
  readonly budget: {
    /** A month. */
    readonly monthly: number;
    /** Of all amounts in the files of this tenant. */
    readonly currency: 'USD' | 'EUR' | 'GBP';
    /** At these shares of the budget people are told. */
    readonly alerts: readonly number[];
  };
  /** Where messages go. Default: to the contacts. */
  readonly alerts: {
    /** Messages that may wait till morning. */
    readonly warn?: {
      /** A channel, with its #. */
      readonly slack?: string;
      /** An e-mail address. */
      readonly email?: string;
      /** The secret that holds the routing key: its name, never the key. */
      readonly pagerduty?: string;
    };
    /** What wakes people up. */
    readonly page?: {
      /** A channel, with its #. */
      readonly slack?: string;
      /** An e-mail address. */
      readonly email?: string;
      /** The secret that holds the routing key: its name, never the key. */
      readonly pagerduty?: string;
    };
  };
  /** How long records are kept. A label must arrive while its prediction is still there. */
  readonly retention: {
    /** The prediction log in the lake. */
    readonly predictions: string;
    /** Verdicts, profiles and bundles. */
    readonly verdicts: string;
  };
  /** What the platform team allows this tenant beyond the ordinary; reviewed by them (`CODEOWNERS`). */
  readonly trusted: {
    /** Models that may run Python code in the server. */
    readonly pythonBackend: readonly string[];
    /** Host names that its models may claim besides `<tenant>.<domain>`. */
    readonly hosts: readonly string[];
    /** Rollout presets beyond the ordinary ones for its models: `local` is for one machine. */
    readonly presets: readonly 'local'[];
  };
  /** What other tenants may use. What is not listed here is nobody else's. */
  readonly shares: {
    /** Feature services, and the tenants that may read them. */
    readonly features: Readonly<Record<string, EffectiveTenantList>>;
    /** Registered models, and the tenants that may serve them. */
    readonly models: Readonly<Record<string, EffectiveTenantList>>;
  };
  /** Shared pools of the tenant: one server each that holds many models, loaded and unloaded on demand. A model of mode `shared` that names none lives in `default`. */
  readonly pools: Readonly<Record<string, EffectivePool>>;
  /** What all models of the tenant have in common, below the preset and the model file. */
  readonly defaults: EffectiveModelDefaults;
}

export type EffectiveTenantList = readonly string[];

export type EffectivePool = {
  /** `whole`: each replica has one GPU that its models share; `none`: a pool on CPU. */
  readonly gpu: 'none' | 'whole';
  /** Default: any that the profile offers. */
  readonly accelerator?: 'l4' | 'a10g' | 'l40s' | 'a100' | 'h100';
  /** Fewest replicas; two, so that one may fail. */
  readonly min: number;
  /** Most replicas. */
  readonly max: number;
  /** On how many replicas each model is loaded. */
  readonly copies: number;
  /** Of one replica. */
  readonly resources: {
    /** CPUs. */
    readonly cpu: number;
    /** Memory, shared memory included. */
    readonly memory: string;
    /** Disk for model files. */
    readonly storage: string;
    /** Size of `/dev/shm`. */
    readonly sharedMemory: string;
  };
};

export type EffectiveModelDefaults = {
  readonly risk?: NonNullable<ModelFile['risk']>;
  readonly serving?: NonNullable<ModelFile['serving']>;
  readonly slo?: NonNullable<ModelFile['slo']>;
  readonly drift?: NonNullable<ModelFile['drift']>;
  readonly cost?: NonNullable<ModelFile['cost']>;
  readonly rollout?: NonNullable<ModelFile['rollout']>;
  readonly retraining?: NonNullable<ModelFile['retraining']>;
};
