// made by `npm run generate`; edit tenants/schemas/model.v1alpha1.json instead
/** As a person may write it. */
export interface ModelFile {
  /** The model's name: part of its URL (`/v2/models/<model>/infer`), of its metrics and of its records. Renaming it makes another model. */
  readonly model: string;
  /** The team that is told when something happens to the model. */
  readonly owner: string;
  /** One sentence for people: shown in reports and in the inventory. */
  readonly description?: string;
  /** Fixes the least that is done before a version serves. `low`: gates may be left out; `high`: two days of shadow, an approval, fairness and explanation gates, 48 h of baking; `regulated`: as high, and a registry entry that nobody can delete. */
  readonly risk?: 'low' | 'standard' | 'high' | 'regulated';
  /** `online`: a request, an answer. `batch`: a table at set times. `async`: a queue in, a queue out. `streaming`: a Kafka topic in, a Kafka topic out. */
  readonly pattern?: 'online' | 'batch' | 'async' | 'streaming';
  /** Which version serves. A changed version starts a rollout; a version without a reference never gets traffic. */
  readonly registry: {
    /** The model's name in the registry; `<tenant>/<model>` for one that another tenant shares. Default: the name of this model. */
    readonly model?: string;
    /** The version in the registry. Versions are immutable. Give this or `follow`. */
    readonly version?: number | string;
    /** Instead of a version: whatever this alias points at starts a rollout by itself. This is how a retrained version gets in with nobody in the loop. */
    readonly follow?: 'candidate';
    /** The sha256 of the version's manifest, when the file shall pin it. */
    readonly digest?: string;
  };
  /** How the model answers, and on what. */
  readonly serving?: {
    /** Budget of the whole answer, feature reads included; it drives batching, autoscaling, guards and alerts. A model that is later than this is not waited for: the declared fallback answers. Online and async models need one. */
    readonly latency?: string;
    /** `triton`: Triton Inference Server; `vllm`: a language model on vLLM; `container`: an image of yours that speaks KServe V2; `rules`: a table of rules from the registry, answered by the proxy itself. */
    readonly engine?: 'triton' | 'vllm' | 'container' | 'rules';
    /** Triton only: what runs the model. `python` executes code, so the tenant must be trusted with it by name (`trusted.pythonBackend`). Default: onnxruntime for engine triton. */
    readonly backend?: 'onnxruntime' | 'tensorrt' | 'pytorch' | 'openvino' | 'python';
    /** `dedicated`: pods of its own for each version. `shared`: loaded beside other models in a pool of the tenant. Default: shared for `gpu: fraction`, else dedicated. */
    readonly mode?: 'dedicated' | 'shared';
    /** Shared mode: the pool of this tenant that the model lives in. Default: default. */
    readonly pool?: string;
    /** `none`: CPU. `fraction`: beside other models in a shared pool, never by time-slicing. `whole`: GPUs of its own. */
    readonly gpu?: 'none' | 'fraction' | 'whole';
    /** GPUs of one replica, with `gpu: whole`. Default: 1, and the tensor parallelism of a language model. */
    readonly gpus?: number;
    /** The GPU the model was built for. Default: any that the profile offers. */
    readonly accelerator?: 'l4' | 'a10g' | 'l40s' | 'a100' | 'h100';
    /** Copies of the model in one server, so that requests run side by side. */
    readonly instances?: number;
    /** Measured time from the start of the server to its first answer. The startup probe allows twice this. */
    readonly loadTime?: string;
    /** What one replica of the server gets; memory is requested and limited alike, CPU only requested (a CPU limit throttles inference). The proxy beside it has its own. */
    readonly resources?: {
      /** CPUs of one replica. */
      readonly cpu?: number;
      /** Memory of one replica, shared memory included. */
      readonly memory?: string;
      /** Disk for model files and caches. */
      readonly storage?: string;
      /** Size of `/dev/shm`; it counts against memory. */
      readonly sharedMemory?: string;
    };
    /** Requests that wait for each other to be computed together. */
    readonly batching?: {
      /** Most rows in one batch; 0: the model has no batch dimension. */
      readonly max?: number;
      /** Longest wait for a fuller batch; 0s: what is queued is taken at once. */
      readonly delay?: string;
      /** Sizes the model is fastest at. */
      readonly preferred?: readonly number[];
      /** Requests that may wait; further ones are rejected at once. */
      readonly queue?: number;
    };
    /** How many replicas, by queue and latency, never by CPU or GPU load. */
    readonly autoscaling?: {
      /** Fewest replicas. Default: 1 in dev and small, 2 in staging and prod. */
      readonly min?: number;
      /** Most replicas; the quota of the tenant must cover them. */
      readonly max?: number;
      /** Lets the model go to no replica at all while nobody asks; until a replica is ready callers get the fallback where the platform answers it outside of the pods, else status 503. Scales on the request rate at the gateway. */
      readonly zero?: {
        /** Time without a request. */
        readonly after?: string;
      };
      /** Times of known load: at least so many replicas from a little before. */
      readonly peaks?: readonly FilePeak[];
    };
    /** How model files reach a replica. `sync`: copied to the node's disk at start; `mountpoint`: read from the bucket through a node cache, for large files that many replicas share. */
    readonly delivery?: 'sync' | 'mountpoint';
    /** Engine container only. */
    readonly container?: FileContainer;
    /** Many small models behind one name, chosen by a header: one version, one rollout, drift by segment. */
    readonly family?: FileFamily;
  };
  /** Where callers find the model. */
  readonly route?: {
    /** A name of its own. Default: `<tenant>.<domain of the platform>`. */
    readonly host?: string;
    /** Prefix of the path; a language model answers the OpenAI protocol at `<path>/v1`. Default: `/v2/models/<model>`. */
    readonly path?: string;
  };
  /** The tensors that a request carries, one per feature, each of shape [rows, 1] unless `shape` says otherwise. They are checked, logged and watched for drift. Default: what the feature service gives; a model without one needs them. */
  readonly inputs?: FileFields;
  /** Features that are read from the feature store by the keys in the request, inside the latency budget. */
  readonly features?: {
    /** A service of `features.yaml`; `<tenant>/<service>` for one that another tenant shares. */
    readonly service: string;
    /** Greatest age of the newest row of each view. Past it the owner is told; past twice of it the fallback answers. Default: what each view promises. */
    readonly freshness?: string;
    /** Time after which a read is given up. Default: a fifth of the latency budget. */
    readonly timeout?: string;
    /** An entity that the store does not know: `nulls`: the model gets nulls; `fallback`: the fallback answers. */
    readonly missing?: 'nulls' | 'fallback';
    /** Tensors of the request that hold the keys of the entities. Filled in from `features.yaml`. */
    readonly keys?: Readonly<Record<string, FileDatatype>>;
    /** What the service gives to the model. Filled in from `features.yaml`. */
    readonly fields?: FileFields;
  };
  /** The tensors that the model answers, one per output. */
  readonly outputs: FileFields;
  /** The output that is the probability of the positive class: what estimated and realised performance are computed from. Default: the only output of kind `probability`, if there is one. */
  readonly score?: string;
  /** Truths that arrive later and are joined to predictions by request id. Performance is measured on the first one that is not a proxy. Without one performance is estimated only. */
  readonly labels?: FileLabel | FileLabelList;
  /** What the business counts: clicks, orders, amounts. Attributed to version and arm by request id, read by A/B reports and by guards. */
  readonly outcomes?: readonly FileOutcome[];
  /** Groups that the model must not treat worse. They travel apart from the features, readable by the judge alone. */
  readonly groups?: readonly FileGroup[];
  /** What the caller gets when the model is late, failing or down: one value for every output. Default: none, the caller gets status 503. */
  readonly fallback?: Readonly<Record<string, FileFallbackValue>>;
  /** What callers are promised. The guards of a rollout hold a new version to it. */
  readonly slo?: {
    /** Least share of requests that the model itself answers (a fallback answer is an error). */
    readonly availability?: number;
    /** This share of the answers comes within this time. */
    readonly latency?: {
      /** Share of the answers that keep to the time. */
      readonly quantile?: number;
      /** The time, in seconds. An answer later than this counts as `slow`. Default: `serving.latency`; 60 where there is none. */
      readonly seconds?: number;
    };
  };
  /** When a change of the data matters, and what is done about it. */
  readonly drift?: {
    /** What serving data is held against: the data the version was trained on, or its hold-out. */
    readonly reference?: 'training' | 'hold-out';
    /** Size-corrected PSI from which on a feature changed. Alone it never alarms: the change must also persist. */
    readonly thresholds?: {
      /** From here on: a warning. */
      readonly warn?: number;
      /** From here on: critical. */
      readonly critical?: number;
    };
    /** Thresholds of single features. */
    readonly features?: Readonly<Record<string, FileFeatureDrift>>;
    /** Judges each value of one field apart. */
    readonly segments?: {
      /** A categorical input. */
      readonly field: string;
      /** At most 20; all others together are one more segment. */
      readonly values: readonly string[];
    };
    /** Loss of AUC or accuracy before anybody is troubled: significance alone finds harm in any large sample. */
    readonly minDrop?: number;
    /** Loss of AUC or accuracy from which on the version is rolled back. */
    readonly severeDrop?: number;
    /** Longest usual time between two predictions. Past it freshness warns; past twice of it freshness fails. Default of a batch model: what its schedule leaves between two runs. */
    readonly cadence?: string;
    /** Greatest share of nulls an input may have; above it data quality fails. Default for an input that is not named: the share in the reference plus 0.1. */
    readonly maxNullShare?: Readonly<Record<string, number>>;
    /** Inputs that have one value for all rows of an hour, such as the month or a rate of the whole nation: an hour of them is one observation, not a sample, so their distribution is not judged; their quality is. Hour and weekday are recognised without it. */
    readonly ambient?: readonly string[];
    /** Zone of the hours and weekdays that windows are compared by. */
    readonly zone?: string;
    /** What Weir does by itself, and what it leaves to people. */
    readonly responses?: {
      /** `notify` tells the owner, `none` only records. */
      readonly warn?: 'notify' | 'none';
      /** Performance fell by more than `minDrop`: `retrain` within its budget (a model without `retraining` is paged for instead), or `page`. */
      readonly harm?: 'retrain' | 'page';
      /** Performance fell by more than `severeDrop`, or soon after a rollout: `rollback` to the version before, or only `page`. */
      readonly severe?: 'rollback' | 'page';
      /** A declared group is treated worse with evidence: `alert`, or the `fallback` answers at once. */
      readonly fairness?: 'alert' | 'fallback';
    };
  };
  /** Monitors of a recommender: coverage of the catalogue, concentration, diversity between users. */
  readonly recommendations?: {
    /** The output that holds the recommended items. */
    readonly output: string;
    /** Items in one answer; reference and current are compared at the same size. */
    readonly size: number;
    /** Items that could be recommended. */
    readonly catalogue: number;
    /** Relative loss of catalogue coverage that warns; two and a half times of it is critical. */
    readonly coverageDrop?: number;
  };
  /** Pattern batch: a table is scored at set times. */
  readonly batch?: {
    /** When it starts. */
    readonly schedule: string;
    /** Zone of the schedule. */
    readonly zone?: string;
    /** The table that is read. */
    readonly from: string;
    /** The table that is written. */
    readonly to: string;
    /** The run must be done by then; consumers of an older table are warned. */
    readonly deadline?: string;
    /** Rows of one run, for size and price. */
    readonly rows?: number;
    /** Workers that share the table. */
    readonly parallelism?: number;
  };
  /** Pattern async: requests wait in a queue; answers go to a topic. */
  readonly async?: {
    /** A request that waited longer is answered by the fallback. */
    readonly maxAge?: string;
    /** Requests that one replica works on at once. */
    readonly concurrency?: number;
  };
  /** Pattern streaming: every record of a topic is scored into another. */
  readonly streaming?: {
    /** The topic that is read; the platform adds its prefix and the tenant. */
    readonly from: string;
    /** The topic that is written. */
    readonly to: string;
    /** Lag behind the newest record that adds replicas. */
    readonly maxLag?: string;
  };
  /** Engine vllm only. */
  readonly llm?: {
    /** GPUs that share the weights: 1, 2, 4 or 8. */
    readonly tensorParallel?: number;
    /** Longest prompt and answer together. */
    readonly contextTokens?: number;
    /** Answers that one replica writes at once. */
    readonly sequences?: number;
    /** How the weights are stored. */
    readonly quantisation?: 'none' | 'awq' | 'gptq' | 'fp8';
    /** Time to the first token that counts as slow. */
    readonly firstToken?: string;
    /** Time per further token that counts as slow. */
    readonly perToken?: string;
    /** Longest answer: the old version stays for it after a flip. */
    readonly longestStream?: string;
    /** The prompt, tracked like a model: another version starts a rollout. */
    readonly prompt?: FileArtifact;
    /** The guardrails, tracked like a model. */
    readonly guardrails?: FileArtifact;
    /** The set of prompts and checks that a version must pass on its own copy before it answers anybody. */
    readonly evaluation?: {
      /** The evaluation set in the registry. */
      readonly set: string;
      /** Least share of checks that pass. */
      readonly min: number;
      /** A model that judges what checks cannot. */
      readonly judge?: string;
      /** Share of answers that people look at. */
      readonly review?: number;
    };
  };
  /** When a new version is trained, and when it is good enough to be rolled out. */
  readonly retraining?: {
    /** The tenant's training workflow. */
    readonly workflow: string;
    /** Trains at set times too. */
    readonly schedule?: string;
    /** Fewest labelled rows; fewer and nothing is trained. */
    readonly minRows?: number;
    /** How far back training data goes. */
    readonly window?: string;
    /** Data older than this at its newest row is stale: nothing is trained on it. */
    readonly maxAge?: string;
    /** The champion must be beaten by this much. */
    readonly margin?: number;
    /** Runs a day at most. */
    readonly budget?: number;
    /** GPUs of one run. */
    readonly gpus?: number;
  };
  /** What is known of the load: for prices, quotas and the expected time of a rollout. Nothing is limited by it. */
  readonly traffic?: {
    /** On an ordinary day. */
    readonly usual: number;
    /** The highest of the year. Default: three times the usual. */
    readonly peak?: number;
    /** Share of requests that fail today. */
    readonly errors?: number;
    /** Compute time of the model at p95, as measured when it was registered. */
    readonly compute?: string;
  };
  /** What the model may cost. */
  readonly cost?: {
    /** Budget a month, in the currency of the tenant; the owner is told at 80 and at 100 per cent. */
    readonly monthly?: number;
    /** Replicas above the least number may run on capacity that is taken away at two minutes' notice. */
    readonly spot?: boolean;
    /** Default: that of the tenant. */
    readonly center?: string;
  };
  /** How a new version reaches traffic: the name of a preset, or a preset with what differs from it. Default: standard; blue-green for a language model; what the risk class asks for. */
  readonly rollout?: FilePreset | FileRollout;
}

export type FileKind = 'numeric' | 'categorical' | 'probability' | 'timestamp' | 'text' | 'embedding' | 'items' | 'binary';

export type FileDatatype = 'BOOL' | 'INT32' | 'INT64' | 'FP32' | 'FP64' | 'BYTES';

export type FileDomain = {
  /** Least value. */
  readonly min: number;
  /** Greatest value. */
  readonly max: number;
};

export type FileLog = 'full' | 'hash' | 'drop';

export type FileField = {
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970, watched as an age; `text`: free text, watched by its length; `embedding`: a vector of `shape`; `items`: recommended items, most wanted first; `binary`: bytes such as an image, never logged in full */
  readonly kind: FileKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype?: FileDatatype;
  /** Numbers only: outside of it a value is out of range, whatever the reference held. Default: none, and 0 to 1 for a probability. */
  readonly domain?: FileDomain;
  /** What the prediction log keeps: the value, its hash, or nothing (then drift cannot see it). Default: full; hash for text, drop for binary. */
  readonly log?: FileLog;
  /** Numbers per row. Default: 1. */
  readonly shape?: number;
};

export type FileNamedField = {
  /** A letter, then letters, digits, `_`, `.` or `-`, at most 63 */
  readonly name: string;
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970, watched as an age; `text`: free text, watched by its length; `embedding`: a vector of `shape`; `items`: recommended items, most wanted first; `binary`: bytes such as an image, never logged in full */
  readonly kind: FileKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype?: FileDatatype;
  /** Numbers only: outside of it a value is out of range, whatever the reference held. Default: none, and 0 to 1 for a probability. */
  readonly domain?: FileDomain;
  /** What the prediction log keeps: the value, its hash, or nothing (then drift cannot see it). Default: full; hash for text, drop for binary. */
  readonly log?: FileLog;
  /** Values per row of the tensor. */
  readonly shape?: number;
};

export type FileFields = Readonly<Record<string, FileKindOrField>> | FileFieldList;

export type FileFieldList = readonly FileNamedField[];

export type FileKindOrField = FileKind | FileField;

export type FileLabel = {
  /** The name that labels are sent under (`POST /v2/labels`). */
  readonly event: string;
  /** Event time between a prediction and its label. Performance of younger predictions is not judged. */
  readonly delay: string;
  /** After this time no label means `default`. Default: none, an unlabelled prediction stays unlabelled. */
  readonly horizon?: string;
  /** What no label by the horizon means. */
  readonly default?: number | string | boolean;
  /** An early stand-in for the truth, such as a review: it warns and may gate a bake, it never retrains alone. */
  readonly proxy?: boolean;
  /** Proxies only: how rows come to be labelled, since it is rarely at random. */
  readonly selection?: string;
};

export type FileLabelList = readonly FileLabel[];

export type FileFallbackValue = number | string | boolean | FileValueList;

export type FileValueList = readonly (number | string | boolean)[];

export type FileOutcome = {
  /** The name it is sent under. */
  readonly event: string;
  /** `count`: it happened or not; `amount`: a number up to `max`. */
  readonly kind?: 'count' | 'amount';
  /** Amounts only: larger ones count as this much, so that one order decides nothing. */
  readonly max?: number;
  /** Event time after the prediction in which it counts. */
  readonly window: string;
  /** What is good. */
  readonly direction?: 'increase' | 'decrease';
};

export type FileGroup = {
  /** Its name. */
  readonly name: string;
  /** Its values. */
  readonly values: readonly string[];
  /** The value that the others are held against. */
  readonly reference: string;
  /** Least ratio of the selection rate to that of the reference (the four-fifths rule). */
  readonly minRatio?: number;
};

export type FileFeatureDrift = {
  /** From here on: a warning. */
  readonly warn?: number;
  /** From here on: critical. */
  readonly critical?: number;
};

export type FilePeak = {
  /** Its name. */
  readonly name: string;
  /** When it begins. */
  readonly from: string;
  /** When it ends. */
  readonly to: string;
  /** Zone of the schedules; times are UTC. */
  readonly zone?: string;
  /** At least this many. */
  readonly replicas: number;
};

export type FileContainer = {
  /** Tags move, digests do not. */
  readonly image: string;
  /** Where it listens; 8080 and 8081 are the proxy's. */
  readonly port?: number;
  /** Arguments of its entry point. */
  readonly args?: readonly string[];
  /** Values for the container; secrets do not belong here. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type FileFamily = {
  /** The header that names the member. */
  readonly header: string;
  /** Their names, or a range of numbers in one. */
  readonly members: string | FileMemberList;
};

export type FileMemberList = readonly string[];

export type FileArtifact = {
  /** Its name in the registry. */
  readonly name: string;
  /** Its version. */
  readonly version: number | string;
};

export type FilePreset = 'standard' | 'shadow-48h' | 'blue-green' | 'ab-test' | 'champion-challenger' | 'local';

export type FileOnMaxDwell = 'Hold' | 'Abort' | 'Advance';

export type FileStep = FileShadowStep | FileWeightStep | FileApproveStep;

export type FileShadowStep = {
  /** What is not given comes from the preset's shadow step. */
  readonly shadow: {
    /** Percent of the requests that are copied. */
    readonly percent?: number;
    /** Least number of requests that the new version got in the step. */
    readonly minSamples?: number;
    /** Shortest stay in the step, time on hold not counted. */
    readonly minDwell?: string;
    /** Longest stay in the step. */
    readonly maxDwell?: string;
    /** `Hold` waits for a person, `Abort` goes back, `Advance` goes on. Default: Hold. */
    readonly onMaxDwell?: FileOnMaxDwell;
  };
};

export type FileWeightStep = {
  /** Percent of the requests that the new version answers, to 0.01. */
  readonly weight: number;
  /** The step goes on once a ratio this bad is excluded. */
  readonly margin?: number;
  /** Least number of requests that the new version got in the step. */
  readonly minSamples?: number;
  /** Shortest stay in the step, time on hold not counted. */
  readonly minDwell?: string;
  /** Longest stay in the step. */
  readonly maxDwell?: string;
  /** `Hold` waits for a person, `Abort` goes back, `Advance` goes on. Default: Hold. */
  readonly onMaxDwell?: FileOnMaxDwell;
};

export type FileApproveStep = {
  /** Who may say yes. */
  readonly approve: {
    /** Who may approve; `owner`: the owner of the model. */
    readonly by: string;
  };
};

export type FileGate = {
  /** `Format`: the file is of a format that executes nothing; `Manifest`: every file has its sha256, signed; `Reference`: there is something to hold drift against; `SchemaCompat`: it takes these inputs and gives these outputs; `GoldenSet`: it answers recorded inputs within tolerance; `RegistryMetric`: a metric of the registry is good enough; `LoadTest`: it keeps the budget at one and two times the peak; `Fairness`: declared groups are treated alike; `Explanation`: the report is there; `Scan`: licence and vulnerabilities; `Approval`: a person says yes; `Webhook`: a service of yours says yes */
  readonly type:
    | 'Format'
    | 'Manifest'
    | 'Reference'
    | 'SchemaCompat'
    | 'GoldenSet'
    | 'RegistryMetric'
    | 'LoadTest'
    | 'Fairness'
    | 'Explanation'
    | 'Scan'
    | 'Approval'
    | 'Webhook';
  /** `Reject`: the version is locked. `ShadowOnly`: it may be shadowed, never serve. Default: Reject. */
  readonly onFail?: 'Reject' | 'ShadowOnly';
  /** RegistryMetric only. */
  readonly metric?: {
    /** Its name in the registry. */
    readonly name: string;
    /** The least value that passes. */
    readonly min: number;
  };
  /** Approval only: who may say yes. */
  readonly by?: string;
  /** Webhook only: answers 2xx for yes, 409 for no. */
  readonly url?: string;
};

export type FileGuard = {
  /** Its name in messages. */
  readonly name: string;
  /** `ratio`: no worse than the stable version; `rate`: an absolute limit; `fuse`: a blunt one against disasters; `verdict`: the drift judge has nothing against the version */
  readonly kind: 'ratio' | 'rate' | 'fuse' | 'verdict';
  /** What a request counts as: `error` (5xx and fallback), `rejected` (4xx), `slow` (later than the objective). Ratio, rate and fuse need one. */
  readonly event?: 'error' | 'rejected' | 'slow';
  /** Ratio and rate: this guard's share of the chance of a false rollback. */
  readonly share?: number;
  /** Ratio: a share below this is good enough to go on. Default: what the objective allows, else 0.005. */
  readonly floor?: number;
  /** Rate and fuse: the limit. Default of a rate: what the objective allows; of a fuse: 0.2. */
  readonly max?: number;
  /** Fuse: requests before it may blow. Default: 50. */
  readonly minSamples?: number;
  /** Reports, and decides nothing. */
  readonly dryRun?: boolean;
};

export type FileRollout = {
  /** Where everything that is not given here comes from. Default: standard. */
  readonly preset?: FilePreset;
  /** Freezes forward moves; rollback and Abort still work. Default: false. */
  readonly suspend?: boolean;
  /** The way to 100 %. Replaces the preset's steps; a step takes what it does not say from the preset's step that is most like it. */
  readonly steps?: readonly FileStep[];
  /** After the last step the former version stays warm for a while. */
  readonly bake?: {
    /** How long. */
    readonly duration?: string;
    /** Percent of the requests that are copied to the former version, so that there is something to compare with. */
    readonly controlMirror?: number;
    /** Baking ends only when so many labels have matured and none of the evidence is against the version. */
    readonly labelGate?: {
      /** Least number of matured labels. */
      readonly minMatured?: number;
      /** Longest wait for them. */
      readonly maxWait?: string;
      /** `Hold` waits for a person, `Proxy` decides by a proxy label. */
      readonly onMaxWait?: 'Hold' | 'Proxy';
    };
  };
  /** Checks of a version. Replaces the preset's list; Format, Manifest and Reference are checked whether it names them or not, and the risk class asks for more. */
  readonly gates?: readonly FileGate[];
  /** Watches over the new version. Replaces the preset's list; the shares of alpha sum to 1 at most. */
  readonly guards?: readonly FileGuard[];
  /** How sure a decision must be. */
  readonly analysis?: {
    /** Chance of a false rollback per attempt, over all guards together. */
    readonly alpha?: number;
    /** A new version up to this much worse is not worse. */
    readonly r0?: number;
    /** Chance per step and guard of going on although the version is worse by the margin. */
    readonly advanceAlpha?: number;
    /** Time without readings after which the rollout holds and tells. */
    readonly maxNoData?: string;
    /** Length of a block of evidence: shocks shorter than this are tempered. */
    readonly block?: string;
    /** How much events come in bursts; 0: independent. */
    readonly dispersion?: number;
    /** No block counts more than this. */
    readonly cap?: number;
  };
  /** What a shortage of machines means: never a failure of the model. */
  readonly capacity?: {
    /** `Wait` until the timeout, then give up without a lock; `Steal` from the stable version what it can spare; `Fail` at once. */
    readonly policy?: 'Wait' | 'Steal' | 'Fail';
    /** Longest wait. */
    readonly timeout?: string;
  };
  /** Time in which the new version must be ready to answer. */
  readonly progressDeadline?: string;
  /** The same user keeps the same version. Needs a header. */
  readonly stickiness?: {
    /** The header that names the user. */
    readonly header: string;
  };
  /** Requests with this header reach the new version before any traffic does. */
  readonly preview?: {
    /** The header; any value. */
    readonly header?: string;
  };
  /** What is kept and locked after a rollback. */
  readonly rollback?: {
    /** How long the refused version stays up without traffic. */
    readonly keepCandidateFor?: string;
    /** Time for collecting the evidence; it never delays the rollback. */
    readonly bundleDeadline?: string;
    /** What is locked: the one version, or the whole model. */
    readonly lock?: 'PerDigest' | 'PerModel';
    /** After so many within seven days the whole model is locked. */
    readonly lockModelAfter?: number;
    /** How many former versions Rollback may return to. */
    readonly window?: number;
  };
  /** What the scale of a deployment fixes; rarely touched. */
  readonly timing?: {
    /** Counts are dropped for this long after a route is accepted. */
    readonly settle?: string;
    /** The counter of a rolled back version must stand still for this long. */
    readonly still?: string;
    /** Delay at which counters are read, so that no scrape is missing. */
    readonly lag?: string;
  };
};

/** With every layer merged, shorthand resolved and defaults there. */
export interface EffectiveModel {
  /** The model's name: part of its URL (`/v2/models/<model>/infer`), of its metrics and of its records. Renaming it makes another model. */
  readonly model: string;
  /** The team that is told when something happens to the model. */
  readonly owner: string;
  /** One sentence for people: shown in reports and in the inventory. */
  readonly description?: string;
  /** Fixes the least that is done before a version serves. `low`: gates may be left out; `high`: two days of shadow, an approval, fairness and explanation gates, 48 h of baking; `regulated`: as high, and a registry entry that nobody can delete. */
  readonly risk: 'low' | 'standard' | 'high' | 'regulated';
  /** `online`: a request, an answer. `batch`: a table at set times. `async`: a queue in, a queue out. `streaming`: a Kafka topic in, a Kafka topic out. */
  readonly pattern: 'online' | 'batch' | 'async' | 'streaming';
  /** Which version serves. A changed version starts a rollout; a version without a reference never gets traffic. */
  readonly registry: {
    /** The model's name in the registry; `<tenant>/<model>` for one that another tenant shares. Default: the name of this model. */
    readonly model: string;
    /** The version in the registry. Versions are immutable. Give this or `follow`. */
    readonly version?: string;
    /** Instead of a version: whatever this alias points at starts a rollout by itself. This is how a retrained version gets in with nobody in the loop. */
    readonly follow?: 'candidate';
    /** The sha256 of the version's manifest, when the file shall pin it. */
    readonly digest?: string;
  };
  /** How the model answers, and on what. */
  readonly serving: {
    /** Budget of the whole answer, feature reads included; it drives batching, autoscaling, guards and alerts. A model that is later than this is not waited for: the declared fallback answers. Online and async models need one. */
    readonly latency?: string;
    /** `triton`: Triton Inference Server; `vllm`: a language model on vLLM; `container`: an image of yours that speaks KServe V2; `rules`: a table of rules from the registry, answered by the proxy itself. */
    readonly engine: 'triton' | 'vllm' | 'container' | 'rules';
    /** Triton only: what runs the model. `python` executes code, so the tenant must be trusted with it by name (`trusted.pythonBackend`). Default: onnxruntime for engine triton. */
    readonly backend?: 'onnxruntime' | 'tensorrt' | 'pytorch' | 'openvino' | 'python';
    /** `dedicated`: pods of its own for each version. `shared`: loaded beside other models in a pool of the tenant. Default: shared for `gpu: fraction`, else dedicated. */
    readonly mode: 'dedicated' | 'shared';
    /** Shared mode: the pool of this tenant that the model lives in. Default: default. */
    readonly pool?: string;
    /** `none`: CPU. `fraction`: beside other models in a shared pool, never by time-slicing. `whole`: GPUs of its own. */
    readonly gpu: 'none' | 'fraction' | 'whole';
    /** GPUs of one replica, with `gpu: whole`. Default: 1, and the tensor parallelism of a language model. */
    readonly gpus?: number;
    /** The GPU the model was built for. Default: any that the profile offers. */
    readonly accelerator?: 'l4' | 'a10g' | 'l40s' | 'a100' | 'h100';
    /** Copies of the model in one server, so that requests run side by side. */
    readonly instances: number;
    /** Measured time from the start of the server to its first answer. The startup probe allows twice this. */
    readonly loadTime: string;
    /** What one replica of the server gets; memory is requested and limited alike, CPU only requested (a CPU limit throttles inference). The proxy beside it has its own. */
    readonly resources: {
      /** CPUs of one replica. */
      readonly cpu: number;
      /** Memory of one replica, shared memory included. */
      readonly memory: string;
      /** Disk for model files and caches. */
      readonly storage: string;
      /** Size of `/dev/shm`; it counts against memory. */
      readonly sharedMemory: string;
    };
    /** Requests that wait for each other to be computed together. */
    readonly batching: {
      /** Most rows in one batch; 0: the model has no batch dimension. */
      readonly max: number;
      /** Longest wait for a fuller batch; 0s: what is queued is taken at once. */
      readonly delay: string;
      /** Sizes the model is fastest at. */
      readonly preferred: readonly number[];
      /** Requests that may wait; further ones are rejected at once. */
      readonly queue: number;
    };
    /** How many replicas, by queue and latency, never by CPU or GPU load. */
    readonly autoscaling: {
      /** Fewest replicas. Default: 1 in dev and small, 2 in staging and prod. */
      readonly min: number;
      /** Most replicas; the quota of the tenant must cover them. */
      readonly max: number;
      /** Lets the model go to no replica at all while nobody asks; until a replica is ready callers get the fallback where the platform answers it outside of the pods, else status 503. Scales on the request rate at the gateway. */
      readonly zero?: {
        /** Time without a request. */
        readonly after: string;
      };
      /** Times of known load: at least so many replicas from a little before. */
      readonly peaks: readonly EffectivePeak[];
    };
    /** How model files reach a replica. `sync`: copied to the node's disk at start; `mountpoint`: read from the bucket through a node cache, for large files that many replicas share. */
    readonly delivery: 'sync' | 'mountpoint';
    /** Engine container only. */
    readonly container?: EffectiveContainer;
    /** Many small models behind one name, chosen by a header: one version, one rollout, drift by segment. */
    readonly family?: EffectiveFamily;
  };
  /** Where callers find the model. */
  readonly route: {
    /** A name of its own. Default: `<tenant>.<domain of the platform>`. */
    readonly host?: string;
    /** Prefix of the path; a language model answers the OpenAI protocol at `<path>/v1`. Default: `/v2/models/<model>`. */
    readonly path: string;
  };
  /** The tensors that a request carries, one per feature, each of shape [rows, 1] unless `shape` says otherwise. They are checked, logged and watched for drift. Default: what the feature service gives; a model without one needs them. */
  readonly inputs?: EffectiveFields;
  /** Features that are read from the feature store by the keys in the request, inside the latency budget. */
  readonly features?: {
    /** A service of `features.yaml`; `<tenant>/<service>` for one that another tenant shares. */
    readonly service: string;
    /** Greatest age of the newest row of each view. Past it the owner is told; past twice of it the fallback answers. Default: what each view promises. */
    readonly freshness?: string;
    /** Time after which a read is given up. Default: a fifth of the latency budget. */
    readonly timeout: string;
    /** An entity that the store does not know: `nulls`: the model gets nulls; `fallback`: the fallback answers. */
    readonly missing: 'nulls' | 'fallback';
    /** Tensors of the request that hold the keys of the entities. Filled in from `features.yaml`. */
    readonly keys: Readonly<Record<string, EffectiveDatatype>>;
    /** What the service gives to the model. Filled in from `features.yaml`. */
    readonly fields: EffectiveFields;
  };
  /** The tensors that the model answers, one per output. */
  readonly outputs: EffectiveFields;
  /** The output that is the probability of the positive class: what estimated and realised performance are computed from. Default: the only output of kind `probability`, if there is one. */
  readonly score?: string;
  /** Truths that arrive later and are joined to predictions by request id. Performance is measured on the first one that is not a proxy. Without one performance is estimated only. */
  readonly labels: EffectiveLabelList;
  /** What the business counts: clicks, orders, amounts. Attributed to version and arm by request id, read by A/B reports and by guards. */
  readonly outcomes: readonly EffectiveOutcome[];
  /** Groups that the model must not treat worse. They travel apart from the features, readable by the judge alone. */
  readonly groups: readonly EffectiveGroup[];
  /** What the caller gets when the model is late, failing or down: one value for every output. Default: none, the caller gets status 503. */
  readonly fallback?: Readonly<Record<string, EffectiveFallbackValue>>;
  /** What callers are promised. The guards of a rollout hold a new version to it. */
  readonly slo: {
    /** Least share of requests that the model itself answers (a fallback answer is an error). */
    readonly availability: number;
    /** This share of the answers comes within this time. */
    readonly latency: {
      /** Share of the answers that keep to the time. */
      readonly quantile: number;
      /** The time, in seconds. An answer later than this counts as `slow`. Default: `serving.latency`; 60 where there is none. */
      readonly seconds: number;
    };
  };
  /** When a change of the data matters, and what is done about it. */
  readonly drift: {
    /** What serving data is held against: the data the version was trained on, or its hold-out. */
    readonly reference: 'training' | 'hold-out';
    /** Size-corrected PSI from which on a feature changed. Alone it never alarms: the change must also persist. */
    readonly thresholds: {
      /** From here on: a warning. */
      readonly warn: number;
      /** From here on: critical. */
      readonly critical: number;
    };
    /** Thresholds of single features. */
    readonly features: Readonly<Record<string, EffectiveFeatureDrift>>;
    /** Judges each value of one field apart. */
    readonly segments?: {
      /** A categorical input. */
      readonly field: string;
      /** At most 20; all others together are one more segment. */
      readonly values: readonly string[];
    };
    /** Loss of AUC or accuracy before anybody is troubled: significance alone finds harm in any large sample. */
    readonly minDrop: number;
    /** Loss of AUC or accuracy from which on the version is rolled back. */
    readonly severeDrop: number;
    /** Longest usual time between two predictions. Past it freshness warns; past twice of it freshness fails. Default of a batch model: what its schedule leaves between two runs. */
    readonly cadence: string;
    /** Greatest share of nulls an input may have; above it data quality fails. Default for an input that is not named: the share in the reference plus 0.1. */
    readonly maxNullShare: Readonly<Record<string, number>>;
    /** Inputs that have one value for all rows of an hour, such as the month or a rate of the whole nation: an hour of them is one observation, not a sample, so their distribution is not judged; their quality is. Hour and weekday are recognised without it. */
    readonly ambient: readonly string[];
    /** Zone of the hours and weekdays that windows are compared by. */
    readonly zone: string;
    /** What Weir does by itself, and what it leaves to people. */
    readonly responses: {
      /** `notify` tells the owner, `none` only records. */
      readonly warn: 'notify' | 'none';
      /** Performance fell by more than `minDrop`: `retrain` within its budget (a model without `retraining` is paged for instead), or `page`. */
      readonly harm: 'retrain' | 'page';
      /** Performance fell by more than `severeDrop`, or soon after a rollout: `rollback` to the version before, or only `page`. */
      readonly severe: 'rollback' | 'page';
      /** A declared group is treated worse with evidence: `alert`, or the `fallback` answers at once. */
      readonly fairness: 'alert' | 'fallback';
    };
  };
  /** Monitors of a recommender: coverage of the catalogue, concentration, diversity between users. */
  readonly recommendations?: {
    /** The output that holds the recommended items. */
    readonly output: string;
    /** Items in one answer; reference and current are compared at the same size. */
    readonly size: number;
    /** Items that could be recommended. */
    readonly catalogue: number;
    /** Relative loss of catalogue coverage that warns; two and a half times of it is critical. */
    readonly coverageDrop: number;
  };
  /** Pattern batch: a table is scored at set times. */
  readonly batch?: {
    /** When it starts. */
    readonly schedule: string;
    /** Zone of the schedule. */
    readonly zone: string;
    /** The table that is read. */
    readonly from: string;
    /** The table that is written. */
    readonly to: string;
    /** The run must be done by then; consumers of an older table are warned. */
    readonly deadline: string;
    /** Rows of one run, for size and price. */
    readonly rows?: number;
    /** Workers that share the table. */
    readonly parallelism: number;
  };
  /** Pattern async: requests wait in a queue; answers go to a topic. */
  readonly async?: {
    /** A request that waited longer is answered by the fallback. */
    readonly maxAge: string;
    /** Requests that one replica works on at once. */
    readonly concurrency: number;
  };
  /** Pattern streaming: every record of a topic is scored into another. */
  readonly streaming?: {
    /** The topic that is read; the platform adds its prefix and the tenant. */
    readonly from: string;
    /** The topic that is written. */
    readonly to: string;
    /** Lag behind the newest record that adds replicas. */
    readonly maxLag: string;
  };
  /** Engine vllm only. */
  readonly llm?: {
    /** GPUs that share the weights: 1, 2, 4 or 8. */
    readonly tensorParallel: number;
    /** Longest prompt and answer together. */
    readonly contextTokens: number;
    /** Answers that one replica writes at once. */
    readonly sequences: number;
    /** How the weights are stored. */
    readonly quantisation: 'none' | 'awq' | 'gptq' | 'fp8';
    /** Time to the first token that counts as slow. */
    readonly firstToken: string;
    /** Time per further token that counts as slow. */
    readonly perToken: string;
    /** Longest answer: the old version stays for it after a flip. */
    readonly longestStream: string;
    /** The prompt, tracked like a model: another version starts a rollout. */
    readonly prompt?: EffectiveArtifact;
    /** The guardrails, tracked like a model. */
    readonly guardrails?: EffectiveArtifact;
    /** The set of prompts and checks that a version must pass on its own copy before it answers anybody. */
    readonly evaluation?: {
      /** The evaluation set in the registry. */
      readonly set: string;
      /** Least share of checks that pass. */
      readonly min: number;
      /** A model that judges what checks cannot. */
      readonly judge?: string;
      /** Share of answers that people look at. */
      readonly review?: number;
    };
  };
  /** When a new version is trained, and when it is good enough to be rolled out. */
  readonly retraining?: {
    /** The tenant's training workflow. */
    readonly workflow: string;
    /** Trains at set times too. */
    readonly schedule?: string;
    /** Fewest labelled rows; fewer and nothing is trained. */
    readonly minRows: number;
    /** How far back training data goes. */
    readonly window: string;
    /** Data older than this at its newest row is stale: nothing is trained on it. */
    readonly maxAge: string;
    /** The champion must be beaten by this much. */
    readonly margin: number;
    /** Runs a day at most. */
    readonly budget: number;
    /** GPUs of one run. */
    readonly gpus: number;
  };
  /** What is known of the load: for prices, quotas and the expected time of a rollout. Nothing is limited by it. */
  readonly traffic?: {
    /** On an ordinary day. */
    readonly usual: number;
    /** The highest of the year. Default: three times the usual. */
    readonly peak?: number;
    /** Share of requests that fail today. */
    readonly errors?: number;
    /** Compute time of the model at p95, as measured when it was registered. */
    readonly compute?: string;
  };
  /** What the model may cost. */
  readonly cost: {
    /** Budget a month, in the currency of the tenant; the owner is told at 80 and at 100 per cent. */
    readonly monthly?: number;
    /** Replicas above the least number may run on capacity that is taken away at two minutes' notice. */
    readonly spot: boolean;
    /** Default: that of the tenant. */
    readonly center?: string;
  };
  /** How a new version reaches traffic: the name of a preset, or a preset with what differs from it. Default: standard; blue-green for a language model; what the risk class asks for. */
  readonly rollout: EffectiveRollout;
}

export type EffectiveKind = 'numeric' | 'categorical' | 'probability' | 'timestamp' | 'text' | 'embedding' | 'items' | 'binary';

export type EffectiveDatatype = 'BOOL' | 'INT32' | 'INT64' | 'FP32' | 'FP64' | 'BYTES';

export type EffectiveDomain = {
  /** Least value. */
  readonly min: number;
  /** Greatest value. */
  readonly max: number;
};

export type EffectiveLog = 'full' | 'hash' | 'drop';

export type EffectiveField = {
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970, watched as an age; `text`: free text, watched by its length; `embedding`: a vector of `shape`; `items`: recommended items, most wanted first; `binary`: bytes such as an image, never logged in full */
  readonly kind: EffectiveKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype: EffectiveDatatype;
  /** Numbers only: outside of it a value is out of range, whatever the reference held. Default: none, and 0 to 1 for a probability. */
  readonly domain?: EffectiveDomain;
  /** What the prediction log keeps: the value, its hash, or nothing (then drift cannot see it). Default: full; hash for text, drop for binary. */
  readonly log: EffectiveLog;
  /** Numbers per row. Default: 1. */
  readonly shape: number;
};

export type EffectiveNamedField = {
  /** A letter, then letters, digits, `_`, `.` or `-`, at most 63 */
  readonly name: string;
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code; `probability`: a number from 0 to 1; `timestamp`: seconds since 1970, watched as an age; `text`: free text, watched by its length; `embedding`: a vector of `shape`; `items`: recommended items, most wanted first; `binary`: bytes such as an image, never logged in full */
  readonly kind: EffectiveKind;
  /** KServe V2 datatype. Default: FP32 for numbers, probabilities and embeddings, INT64 for timestamps, BYTES for everything else. */
  readonly datatype?: EffectiveDatatype;
  /** Numbers only: outside of it a value is out of range, whatever the reference held. Default: none, and 0 to 1 for a probability. */
  readonly domain?: EffectiveDomain;
  /** What the prediction log keeps: the value, its hash, or nothing (then drift cannot see it). Default: full; hash for text, drop for binary. */
  readonly log?: EffectiveLog;
  /** Values per row of the tensor. */
  readonly shape?: number;
};

export type EffectiveFields = Readonly<Record<string, EffectiveKindOrField>>;

export type EffectiveFieldList = readonly EffectiveNamedField[];

export type EffectiveKindOrField = EffectiveField;

export type EffectiveLabel = {
  /** The name that labels are sent under (`POST /v2/labels`). */
  readonly event: string;
  /** Event time between a prediction and its label. Performance of younger predictions is not judged. */
  readonly delay: string;
  /** After this time no label means `default`. Default: none, an unlabelled prediction stays unlabelled. */
  readonly horizon?: string;
  /** What no label by the horizon means. */
  readonly default?: number | string | boolean;
  /** An early stand-in for the truth, such as a review: it warns and may gate a bake, it never retrains alone. */
  readonly proxy: boolean;
  /** Proxies only: how rows come to be labelled, since it is rarely at random. */
  readonly selection?: string;
};

export type EffectiveLabelList = readonly EffectiveLabel[];

export type EffectiveFallbackValue = number | string | boolean | EffectiveValueList;

export type EffectiveValueList = readonly (number | string | boolean)[];

export type EffectiveOutcome = {
  /** The name it is sent under. */
  readonly event: string;
  /** `count`: it happened or not; `amount`: a number up to `max`. */
  readonly kind: 'count' | 'amount';
  /** Amounts only: larger ones count as this much, so that one order decides nothing. */
  readonly max?: number;
  /** Event time after the prediction in which it counts. */
  readonly window: string;
  /** What is good. */
  readonly direction: 'increase' | 'decrease';
};

export type EffectiveGroup = {
  /** Its name. */
  readonly name: string;
  /** Its values. */
  readonly values: readonly string[];
  /** The value that the others are held against. */
  readonly reference: string;
  /** Least ratio of the selection rate to that of the reference (the four-fifths rule). */
  readonly minRatio: number;
};

export type EffectiveFeatureDrift = {
  /** From here on: a warning. */
  readonly warn?: number;
  /** From here on: critical. */
  readonly critical?: number;
};

export type EffectivePeak = {
  /** Its name. */
  readonly name: string;
  /** When it begins. */
  readonly from: string;
  /** When it ends. */
  readonly to: string;
  /** Zone of the schedules; times are UTC. */
  readonly zone: string;
  /** At least this many. */
  readonly replicas: number;
};

export type EffectiveContainer = {
  /** Tags move, digests do not. */
  readonly image: string;
  /** Where it listens; 8080 and 8081 are the proxy's. */
  readonly port: number;
  /** Arguments of its entry point. */
  readonly args: readonly string[];
  /** Values for the container; secrets do not belong here. */
  readonly environment: Readonly<Record<string, string>>;
};

export type EffectiveFamily = {
  /** The header that names the member. */
  readonly header: string;
  /** Their names, or a range of numbers in one. */
  readonly members: EffectiveMemberList;
};

export type EffectiveMemberList = readonly string[];

export type EffectiveArtifact = {
  /** Its name in the registry. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
};

export type EffectivePreset = 'standard' | 'shadow-48h' | 'blue-green' | 'ab-test' | 'champion-challenger' | 'local';

export type EffectiveOnMaxDwell = 'Hold' | 'Abort' | 'Advance';

export type EffectiveStep = EffectiveShadowStep | EffectiveWeightStep | EffectiveApproveStep;

export type EffectiveShadowStep = {
  /** What is not given comes from the preset's shadow step. */
  readonly shadow: {
    /** Percent of the requests that are copied. */
    readonly percent: number;
    /** Least number of requests that the new version got in the step. */
    readonly minSamples: number;
    /** Shortest stay in the step, time on hold not counted. */
    readonly minDwell: string;
    /** Longest stay in the step. */
    readonly maxDwell: string;
    /** `Hold` waits for a person, `Abort` goes back, `Advance` goes on. Default: Hold. */
    readonly onMaxDwell: EffectiveOnMaxDwell;
  };
};

export type EffectiveWeightStep = {
  /** Percent of the requests that the new version answers, to 0.01. */
  readonly weight: number;
  /** The step goes on once a ratio this bad is excluded. */
  readonly margin: number;
  /** Least number of requests that the new version got in the step. */
  readonly minSamples: number;
  /** Shortest stay in the step, time on hold not counted. */
  readonly minDwell: string;
  /** Longest stay in the step. */
  readonly maxDwell: string;
  /** `Hold` waits for a person, `Abort` goes back, `Advance` goes on. Default: Hold. */
  readonly onMaxDwell: EffectiveOnMaxDwell;
};

export type EffectiveApproveStep = {
  /** Who may say yes. */
  readonly approve: {
    /** Who may approve; `owner`: the owner of the model. */
    readonly by: string;
  };
};

export type EffectiveGate = {
  /** `Format`: the file is of a format that executes nothing; `Manifest`: every file has its sha256, signed; `Reference`: there is something to hold drift against; `SchemaCompat`: it takes these inputs and gives these outputs; `GoldenSet`: it answers recorded inputs within tolerance; `RegistryMetric`: a metric of the registry is good enough; `LoadTest`: it keeps the budget at one and two times the peak; `Fairness`: declared groups are treated alike; `Explanation`: the report is there; `Scan`: licence and vulnerabilities; `Approval`: a person says yes; `Webhook`: a service of yours says yes */
  readonly type:
    | 'Format'
    | 'Manifest'
    | 'Reference'
    | 'SchemaCompat'
    | 'GoldenSet'
    | 'RegistryMetric'
    | 'LoadTest'
    | 'Fairness'
    | 'Explanation'
    | 'Scan'
    | 'Approval'
    | 'Webhook';
  /** `Reject`: the version is locked. `ShadowOnly`: it may be shadowed, never serve. Default: Reject. */
  readonly onFail: 'Reject' | 'ShadowOnly';
  /** RegistryMetric only. */
  readonly metric?: {
    /** Its name in the registry. */
    readonly name: string;
    /** The least value that passes. */
    readonly min: number;
  };
  /** Approval only: who may say yes. */
  readonly by?: string;
  /** Webhook only: answers 2xx for yes, 409 for no. */
  readonly url?: string;
};

export type EffectiveGuard = {
  /** Its name in messages. */
  readonly name: string;
  /** `ratio`: no worse than the stable version; `rate`: an absolute limit; `fuse`: a blunt one against disasters; `verdict`: the drift judge has nothing against the version */
  readonly kind: 'ratio' | 'rate' | 'fuse' | 'verdict';
  /** What a request counts as: `error` (5xx and fallback), `rejected` (4xx), `slow` (later than the objective). Ratio, rate and fuse need one. */
  readonly event?: 'error' | 'rejected' | 'slow';
  /** Ratio and rate: this guard's share of the chance of a false rollback. */
  readonly share?: number;
  /** Ratio: a share below this is good enough to go on. Default: what the objective allows, else 0.005. */
  readonly floor?: number;
  /** Rate and fuse: the limit. Default of a rate: what the objective allows; of a fuse: 0.2. */
  readonly max?: number;
  /** Fuse: requests before it may blow. Default: 50. */
  readonly minSamples?: number;
  /** Reports, and decides nothing. */
  readonly dryRun: boolean;
};

export type EffectiveRollout = {
  /** Where everything that is not given here comes from. Default: standard. */
  readonly preset: EffectivePreset;
  /** Freezes forward moves; rollback and Abort still work. Default: false. */
  readonly suspend: boolean;
  /** The way to 100 %. Replaces the preset's steps; a step takes what it does not say from the preset's step that is most like it. */
  readonly steps: readonly EffectiveStep[];
  /** After the last step the former version stays warm for a while. */
  readonly bake: {
    /** How long. */
    readonly duration: string;
    /** Percent of the requests that are copied to the former version, so that there is something to compare with. */
    readonly controlMirror: number;
    /** Baking ends only when so many labels have matured and none of the evidence is against the version. */
    readonly labelGate?: {
      /** Least number of matured labels. */
      readonly minMatured: number;
      /** Longest wait for them. */
      readonly maxWait: string;
      /** `Hold` waits for a person, `Proxy` decides by a proxy label. */
      readonly onMaxWait: 'Hold' | 'Proxy';
    };
  };
  /** Checks of a version. Replaces the preset's list; Format, Manifest and Reference are checked whether it names them or not, and the risk class asks for more. */
  readonly gates: readonly EffectiveGate[];
  /** Watches over the new version. Replaces the preset's list; the shares of alpha sum to 1 at most. */
  readonly guards: readonly EffectiveGuard[];
  /** How sure a decision must be. */
  readonly analysis: {
    /** Chance of a false rollback per attempt, over all guards together. */
    readonly alpha: number;
    /** A new version up to this much worse is not worse. */
    readonly r0: number;
    /** Chance per step and guard of going on although the version is worse by the margin. */
    readonly advanceAlpha: number;
    /** Time without readings after which the rollout holds and tells. */
    readonly maxNoData: string;
    /** Length of a block of evidence: shocks shorter than this are tempered. */
    readonly block: string;
    /** How much events come in bursts; 0: independent. */
    readonly dispersion: number;
    /** No block counts more than this. */
    readonly cap: number;
  };
  /** What a shortage of machines means: never a failure of the model. */
  readonly capacity: {
    /** `Wait` until the timeout, then give up without a lock; `Steal` from the stable version what it can spare; `Fail` at once. */
    readonly policy: 'Wait' | 'Steal' | 'Fail';
    /** Longest wait. */
    readonly timeout: string;
  };
  /** Time in which the new version must be ready to answer. */
  readonly progressDeadline: string;
  /** The same user keeps the same version. Needs a header. */
  readonly stickiness?: {
    /** The header that names the user. */
    readonly header: string;
  };
  /** Requests with this header reach the new version before any traffic does. */
  readonly preview?: {
    /** The header; any value. */
    readonly header: string;
  };
  /** What is kept and locked after a rollback. */
  readonly rollback: {
    /** How long the refused version stays up without traffic. */
    readonly keepCandidateFor: string;
    /** Time for collecting the evidence; it never delays the rollback. */
    readonly bundleDeadline: string;
    /** What is locked: the one version, or the whole model. */
    readonly lock: 'PerDigest' | 'PerModel';
    /** After so many within seven days the whole model is locked. */
    readonly lockModelAfter: number;
    /** How many former versions Rollback may return to. */
    readonly window: number;
  };
  /** What the scale of a deployment fixes; rarely touched. */
  readonly timing: {
    /** Counts are dropped for this long after a route is accepted. */
    readonly settle: string;
    /** The counter of a rolled back version must stand still for this long. */
    readonly still: string;
    /** Delay at which counters are read, so that no scrape is missing. */
    readonly lag: string;
  };
};
