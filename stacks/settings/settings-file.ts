// made by `npm run generate`; edit stacks/settings/settings.v1alpha1.json instead
/** As a person may write it. */
export interface SettingsFile {
  /** Values of every other setting that is not named here: `small` is production for a team without a platform team, `staging` is prod's shape, smaller. */
  readonly profile?: 'dev' | 'small' | 'staging' | 'prod';
  /** What this stack builds, from the bottom: a layer that is left out comes from the stack that `upstream` names. Default: all three; in staging and prod the tenants have a stack of their own. */
  readonly layers?: readonly ('foundation' | 'platform' | 'tenants')[];
  /** The stack that builds the layers below those of this one. Its outputs are read, never changed. */
  readonly upstream?: string;
  /** Where the tenants' files lie: relative to the project's root, or absolute where tenants have a repository of their own. */
  readonly tenantsDir?: string;
  /** Begins the name of everything. Default: the name of the stack, or of `upstream`. Changing it replaces everything. */
  readonly environment?: string;
  /** Credentials of any other account are refused, so that a wrong profile cannot touch it. */
  readonly account: string;
  /** Where everything lies. Changing it replaces everything. */
  readonly region: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition?: 'aws' | 'aws-us-gov' | 'aws-cn';
  /** Who answers for the environment: the `owner` tag of everything. */
  readonly owner: string;
  /** The `cost-center` tag of everything: bills are split by it. */
  readonly costCenter: string;
  /** The `data-class` tag of everything. */
  readonly dataClass?: 'internal' | 'confidential' | 'restricted';
  /** `keep`: databases, buckets, brokers and their keys are protected and stay when the stack goes. `drop`: they are deleted with it, but for what is locked and the keys of what stays. A prod destroy sets `drop` by an `up` of its own first. */
  readonly dataPolicy?: 'keep' | 'drop';
  /** One VPC; nodes and pods live in a second range, 100.64.0.0/16, that no other network needs to reach. */
  readonly network: {
    /** A /16 of a private range (RFC 1918) that no other environment uses. Another one is another VPC, and AWS moves no cluster and no database into it: destroy first. */
    readonly cidr: string;
    /** Two or three zones of `region`. Each costs its cross-zone traffic. The letter decides a zone's ranges, so it keeps them when another joins. Default: the first ones of the region, as many as the profile has. */
    readonly zones?: readonly string[];
    /** `single`: one gateway for all zones, which is down when its zone is. `zone`: one in each, three times the price. `none`: fully private; every image and API comes by endpoints and the pull-through cache. */
    readonly nat?: 'none' | 'single' | 'zone';
    /** Private doors to AWS's APIs, billed by hour, zone and GB. `none`; `minimal`: image pulls and credentials; `full`: all that the platform calls. `nat: none` needs `full`. */
    readonly interfaceEndpoints?: 'none' | 'minimal' | 'full';
    /** `rejected` records what was refused; `all` every connection, billed per GB. */
    readonly flowLogs?: 'off' | 'rejected' | 'all';
    /** How long they are kept. */
    readonly flowLogDays?: number;
    /** Public addresses that models' pods may reach, on port 443 alone: S3 is reached by public addresses that never leave AWS. Default: any. */
    readonly egressCidrs?: readonly string[];
  };
  /** The control plane. */
  readonly cluster?: {
    /** One that EKS supports (docs/support.md). Changing it upgrades the control plane in place, one minor at a time. */
    readonly version?: string;
    /** Empty: the endpoint is private alone. Never 0.0.0.0/0; none in prod. */
    readonly publicCidrs?: readonly string[];
    /** Ranges beside the VPC's own that reach the private endpoint: a VPN's, a peered network's. */
    readonly privateCidrs?: readonly string[];
    /** Billed per GB of ingestion; logs that nobody reads were a fifth of one platform's bill. */
    readonly logs?: readonly ('api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler')[];
    /** How long they are kept in CloudWatch. */
    readonly logDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653;
    /** Control-plane logs go on to the `logs` bucket by a stream, where a year costs a tenth. */
    readonly logExport?: boolean;
    /** `standard` grows by itself. A provisioned tier has a fixed capacity and an hourly price. */
    readonly tier?: 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl';
    /** Whether AWS may move traffic away from a zone that fails. */
    readonly zonalShift?: boolean;
    /** Whether the scheduler fills GPUs up before a new node starts: it needs a region and version that offer kubeSchedulerConfig. */
    readonly binPacking?: boolean;
  };
  /** IAM roles; nobody enters by having created it. */
  readonly access: {
    /** The role that runs `pulumi up`: cluster administrator. */
    readonly deploy: string;
    /** Cluster administrators. */
    readonly breakGlass?: readonly string[];
    /** Most of what runs, changing nothing: no Secrets, and neither nodes nor custom resources, which the policy that AWS offers for this leaves out. */
    readonly readers?: readonly string[];
  };
  /** The only managed node group: Karpenter and what may never be moved run there. All other nodes are Karpenter's. */
  readonly nodes?: {
    /** `m7g.large` (Arm) costs about a fifth less. */
    readonly instance?: string;
    /** How many, until somebody changes it here; at least one per zone is wise. */
    readonly size?: number;
    /** The fewest. */
    readonly min?: number;
    /** The most. */
    readonly max?: number;
    /** Root volume, gp3, encrypted. */
    readonly rootGiB?: number;
  };
  /** `on`: Weir's Karpenter starts and ends them. `off`: the cluster is another team's, and so are its nodes. Default: `off` beside `existing.cluster`, else `on`. */
  readonly karpenter?: 'on' | 'off';
  /** What Karpenter may start. Nothing runs, and nothing is paid, until a pod asks for it. */
  readonly pools?: {
    /** Of every node that Karpenter starts. Never `latest`: nodes would change by themselves. */
    readonly ami?: string;
    /** The most that platform pods, judges and batch jobs may have: the limit of pool `general`. */
    readonly generalCpu?: number;
    /** The most that models without a GPU may have: the limit of pool `cpu-inference`. */
    readonly inferenceCpu?: number;
    /** Of the pools that serve models. Not every region sells each: `aws ec2 describe-instance-type-offerings` says. */
    readonly gpuFamilies?: readonly string[];
    /** The most that models may have at once: the limit of pool `gpu-inference`. */
    readonly gpus?: number;
    /** `on`: models may also run on spot instances, which AWS takes back within two minutes. */
    readonly gpuSpot?: 'on' | 'off';
    /** Of pool `gpu-training`. */
    readonly trainingFamilies?: readonly string[];
    /** The most that training may have at once: the limit of pool `gpu-training`. 0: there is no such pool. */
    readonly trainingGpus?: number;
    /** The most GPUs of pool `gpu-shared`, whose nodes let several pods take turns on one GPU, without a wall between their memories. 0: there is no such pool. */
    readonly sharedGpus?: number;
    /** How many share one GPU of pool `gpu-shared`. */
    readonly sharedBy?: number;
    /** Karpenter's policy of the pools that serve models. */
    readonly consolidation?: 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';
  };
  /** Envoy Gateway behind one network load balancer. TLS ends at it: from there to a model requests are plain HTTP inside the cluster, and network policies admit the gateway alone. */
  readonly gateway?: {
    /** A tenant's models answer at `<tenant>.<domain>`; people's pages at `grafana.`, `mlflow.` and `argo.<domain>`. */
    readonly domain?: string;
    /** `internal`: the VPC and what is connected to it. `internet-facing`: everybody, behind the same checks. */
    readonly scheme?: 'internal' | 'internet-facing';
    /** Of ACM, for `<domain>` and `*.<domain>`: the load balancer ends TLS. Without it cert-manager makes one by `issuer`. */
    readonly certificate?: string;
    /** Of people who are told when Let's Encrypt's certificate runs out. Needs `dnsZone`. Without `certificate` and `issuer` Weir's own authority signs: clients must trust it. */
    readonly issuer?: string;
    /** Where names are written for what the gateway serves. Without it somebody else writes them. */
    readonly dnsZone?: string;
    /** Every call carries a token of this issuer. */
    readonly jwt?: {
      /** As it stands in `iss`. */
      readonly issuer: string;
      /** Where its keys stand. */
      readonly jwksUri: string;
      /** One of them stands in `aud`. */
      readonly audiences: readonly string[];
      /** Names the tenant whose models may be called. */
      readonly tenantClaim?: string;
    };
    /** To Grafana, MLflow and Argo, by OpenID Connect. The client's secret stands in Secrets Manager under `weir/<env>/people`, key `client-secret`. Without it those pages have no way in but `kubectl port-forward`. */
    readonly people?: {
      /** The provider. */
      readonly issuer: string;
      /** As the provider knows Weir. */
      readonly clientId: string;
    };
    /** Of one tenant, over all proxies; more are answered 429. */
    readonly requestsPerSecond?: number;
    /** The longest request. */
    readonly maxBodyMiB?: number;
  };
  /** Names end in a random suffix: they are unique in the world. */
  readonly storage?: {
    /** `governance`: versions of models cannot be deleted before their time without a special permission. `compliance`: by nobody, not by the root user, nor by AWS: the account must pay for them until then. */
    readonly registryLock?: 'none' | 'governance' | 'compliance';
    /** How long a version is locked. */
    readonly registryLockDays?: number;
    /** How long access, flow and audit logs are kept in the `logs` bucket. */
    readonly logDays?: number;
    /** Has to be true for `compliance`. */
    readonly iUnderstandThisIsIrreversible?: boolean;
  };
  /** One RDS instance for the registry, features and workflows. */
  readonly postgres?: {
    /** Minor versions come by themselves in the window. */
    readonly version?: '16' | '17';
    /** Changing it restarts the database. */
    readonly instance?: string;
    /** A second copy in another zone that takes over within two minutes: twice the price. */
    readonly multiAz?: boolean;
    /** How far back a restore can go. */
    readonly backupDays?: number;
    /** gp3, at start. */
    readonly storageGiB?: number;
    /** It grows by itself up to this. */
    readonly maxStorageGiB?: number;
    /** When the daily backup starts. */
    readonly backupWindow?: string;
    /** When minor upgrades may happen; apart from the backup's. */
    readonly maintenanceWindow?: string;
  };
  /** MSK: predictions and labels pass through it. */
  readonly kafka?: {
    /** A later one upgrades the brokers in place; an earlier one replaces the cluster and loses what is in it. */
    readonly version?: '3.9.x.kraft' | '4.0.x.kraft';
    /** A type of `kafka.m5` or `kafka.m7g`: MSK runs KRaft on no other, and `kafka.t3.small` is refused. */
    readonly instance?: string;
    /** A multiple of the zones. */
    readonly brokers?: number;
    /** Copies of every partition. */
    readonly replication?: number;
    /** Copies that must have a record before it counts as written: at most one less than `replication`. */
    readonly minInSync?: number;
    /** Each broker's volume, at start. It can only grow. */
    readonly volumeGiB?: number;
    /** It grows by itself up to this. */
    readonly maxVolumeGiB?: number;
    /** How long a record stays. */
    readonly retentionHours?: number;
    /** Everything above `default` is billed by metric. */
    readonly monitoring?: 'default' | 'per-broker' | 'per-topic-per-broker';
  };
  /** Predictions and labels as Parquet in S3, by Firehose, which reaches the brokers by a private connection. */
  readonly lake?: 'off' | 'on';
  /** Online features; a second, tiny group counts requests for the gateway's limits. */
  readonly valkey?: {
    /** Valkey's. */
    readonly version?: '8.0' | '8.1' | '8.2';
    /** Of the features' group. */
    readonly instance?: string;
    /** Of the features' group. */
    readonly shards?: number;
    /** Of each shard: with none, a failed node loses features until they are materialised again. */
    readonly replicas?: number;
    /** How long daily snapshots are kept. */
    readonly snapshotDays?: number;
    /** Of the gateway's group. */
    readonly rateLimitInstance?: string;
  };
  /** Feast. */
  readonly features?: {
    /** `valkey`: single milliseconds, and a cluster that is paid by the hour. `dynamodb`: no cluster, paid by request, slower. */
    readonly online?: 'valkey' | 'dynamodb';
    /** The most that the feature server may have. */
    readonly replicas?: number;
  };
  /** Prometheus and its volume. */
  readonly prometheus?: {
    /** How long metrics are kept. */
    readonly days?: number;
    /** The volume: it may grow, never shrink. */
    readonly GiB?: number;
  };
  /** Keys stand in Secrets Manager under `weir/<env>/alerts`: `slack-url`, `pagerduty-key`, `watchdog-url`. */
  readonly alerts?: {
    /** `pagerduty` wakes people; without it pages go to Slack too. */
    readonly receivers?: readonly ('slack' | 'pagerduty')[];
    /** Of the platform team. */
    readonly slackChannel?: string;
    /** `on`: a service outside (Dead Man's Snitch, healthchecks.io) is called every five minutes and tells people when the calls end, because a dead Prometheus tells nobody. */
    readonly watchdog?: 'on' | 'off';
  };
  /** Of the database and whatever else carries the tag `backup=daily`. */
  readonly backup?: {
    /** How long a daily backup is kept; 0: none. */
    readonly dailyDays?: number;
    /** How long a monthly backup is kept; 0: none. */
    readonly monthlyMonths?: number;
    /** A second region that gets a copy of each. */
    readonly copyRegion?: string;
    /** Governance mode: nobody shortens a backup's life by mistake. */
    readonly vaultLock?: boolean;
    /** The newest backup is really restored, and the outcome reported: hours of a database instance each week. */
    readonly restoreTest?: boolean;
  };
  /** Mail at 50, 80 and 100 % of the month, and when the forecast passes it. */
  readonly budget: {
    /** Per month. */
    readonly monthlyUsd?: number;
    /** Who is told. */
    readonly emails: readonly string[];
    /** An unusual rise above this is told within a day, where `payer` is true. */
    readonly anomalyUsd?: number;
    /** Whether the account pays its own bill: it is in no organization, or manages one. AWS lets no other account watch a tag for unusual spending, so elsewhere nothing watches. */
    readonly payer?: boolean;
    /** At 100 % Karpenter may start no node any more: models cannot scale up until somebody lifts it. */
    readonly denyAtLimit?: boolean;
  };
  /** CloudTrail in all regions with the data events of the registry and serving buckets, into a locked bucket. */
  readonly audit?: boolean;
  /** A cache of public registries in ECR, and repositories for what is mirrored. */
  readonly images?: {
    /** Public registries whose images come through ECR. `dockerHub` and `github` need `registryCredentials`. */
    readonly pullThrough?: readonly ('ecrPublic' | 'kubernetes' | 'quay' | 'dockerHub' | 'github')[];
    /** How long an untagged image is kept. */
    readonly keepDays?: number;
    /** Which image of each repository runs: printed by the push (docs/environments.md). The platform needs them all. */
    readonly digests?: {
      /** Weir's own. */
      readonly weir: string;
      /** Triton, mirrored from nvcr.io. */
      readonly triton: string;
      /** vLLM's OpenAI server. */
      readonly vllm: string;
      /** MLflow's server. */
      readonly mlflow: string;
      /** Feast's feature server with Weir's way into Valkey. */
      readonly feast: string;
    };
  };
  /** A secret: `pulumi config set --secret --path 'weir:registryCredentials.dockerHub.username' …`. */
  readonly registryCredentials?: {
    /** Of this registry. */
    readonly dockerHub?: {
      /** The user. */
      readonly username: string;
      /** With the right to read alone. */
      readonly accessToken: string;
    };
    /** Of this registry. */
    readonly github?: {
      /** The user. */
      readonly username: string;
      /** With the right to read alone. */
      readonly accessToken: string;
    };
  };
  /** Parts that another team owns: nothing of them is created or changed, and the plan says what is relied on. */
  readonly existing?: {
    /** With subnets by zone. `network.cidr` is then its range. */
    readonly vpc?: {
      /** The VPC. */
      readonly id: string;
      /** For nodes and pods, tagged `karpenter.sh/discovery=<cluster>`, with a way out. */
      readonly nodeSubnets: Readonly<Record<string, string>>;
      /** For internal load balancers, tagged `kubernetes.io/role/internal-elb=1`. */
      readonly privateSubnets: Readonly<Record<string, string>>;
      /** For the data stores. */
      readonly dataSubnets: Readonly<Record<string, string>>;
      /** For the control plane's interfaces. */
      readonly controlPlaneSubnets: Readonly<Record<string, string>>;
    };
    /** With Pod Identity's agent and API authentication. System nodes, Karpenter and add-ons are then its owner's. */
    readonly cluster?: {
      /** The cluster. */
      readonly name: string;
      /** https://…. */
      readonly endpoint: string;
      /** Base64, as EKS describes it. */
      readonly certificateAuthority: string;
      /** Of all nodes: the data stores admit it. */
      readonly nodeSecurityGroup: string;
    };
    /** By purpose. Their policies must admit the services that use them. */
    readonly keys?: {
      /** The cluster's API data, volumes, images. */
      readonly cluster: string;
      /** Postgres, Kafka, Valkey, backups and the buckets of data. */
      readonly data: string;
      /** Models. */
      readonly registry: string;
      /** Logs and the audit trail. */
      readonly logs: string;
    };
  };
  /** Levels, parameters and waivers of the rules that `weir plan --policy`, `pulumi preview --policy-pack policies` and `weir policy check` ask (docs/policies.md). */
  readonly policies?: {
    /** A rule that is not named has the level of its profile. */
    readonly rules?: Readonly<
      Record<
        string,
        {
          /** `mandatory` stops a check and an `up`, `advisory` is told, `disabled` is not looked for. */
          readonly level?: 'mandatory' | 'advisory' | 'disabled';
          /** `weir policy explain <rule>` names them. */
          readonly params?: Readonly<Record<string, number | readonly string[]>>;
        }
      >
    >;
    /** Findings that are known and accepted, for a while. One that covers nothing any more is told, and one that has run out covers nothing. */
    readonly waivers?: readonly {
      readonly rule: string;
      readonly urn: string;
      /** The finding's. Default: everything that the rule says of the resource. */
      readonly path?: string;
      /** Why it is right as it is. */
      readonly reason: string;
      /** Who is asked when it ends. */
      readonly owner: string;
      /** The last on which it holds, in UTC. */
      readonly expires: string;
    }[];
  };
  /** What the monthly price assumes beyond the resources themselves. Defaults by profile: docs/prices.md. */
  readonly usage?: FileUsage;
}

export type FileUsage = {
  /** Control-plane logs that EKS sends to CloudWatch; the audit log is most of it. */
  readonly controlPlaneLogGb?: number;
  /** VPC flow logs delivered to S3; prod records all traffic, the others rejected traffic only. */
  readonly flowLogGb?: number;
  /** Kafka broker logs sent to CloudWatch, all brokers together. */
  readonly brokerLogGb?: number;
  /** Postgres logs, its operating system metrics and Valkey's slow log sent to CloudWatch. */
  readonly databaseLogGb?: number;
  /** All other CloudWatch log groups of the stacks together. */
  readonly otherLogGb?: number;
  /** Traffic through the NAT gateways, both directions, all zones together. */
  readonly natGb?: number;
  /** Traffic from the VPC to the internet. */
  readonly internetGb?: number;
  /** Traffic between availability zones, counted once; AWS bills it on both sides. */
  readonly crossZoneGb?: number;
  /** Traffic through the interface endpoints, all endpoints together. */
  readonly endpointGb?: number;
  /** Stored in the registry bucket on average, old versions included. */
  readonly registryGb?: number;
  /** Stored in the serving bucket on average. */
  readonly servingGb?: number;
  /** Stored in the features bucket on average. */
  readonly featuresGb?: number;
  /** Stored in the lake bucket on average. */
  readonly lakeGb?: number;
  /** Stored in the profiles bucket on average. */
  readonly profilesGb?: number;
  /** Query results stored in the athena bucket on average. */
  readonly athenaGb?: number;
  /** Stored in the logs bucket on average: access, flow and load balancer logs. */
  readonly logsBucketGb?: number;
  /** Stored in each bucket that none of the above names, such as the audit trail's. */
  readonly otherBucketGb?: number;
  /** PUT, COPY, POST and LIST requests, all buckets together. */
  readonly bucketWriteMillions?: number;
  /** GET and all other requests, all buckets together. */
  readonly bucketReadMillions?: number;
  /** Requests to KMS, all keys together; bucket keys keep them few. */
  readonly keyRequestMillions?: number;
  /** Object reads and writes that CloudTrail records on the registry and serving buckets. */
  readonly dataEventMillions?: number;
  /** Automated Postgres backups beyond the size of the database, which is free. */
  readonly databaseBackupGb?: number;
  /** Valkey snapshots beyond the one per group that is free. */
  readonly valkeyBackupGb?: number;
  /** Recovery points in the AWS Backup vault of the environment's region. */
  readonly backupGb?: number;
  /** Recovery points in the vault of the second region. */
  readonly backupCopyGb?: number;
  /** Changed data copied to the second region. */
  readonly backupCopyTransferGb?: number;
  /** Container images stored in ECR, pull-through cache included. */
  readonly imageGb?: number;
  /** Requests to Secrets Manager, all secrets together. */
  readonly secretRequestMillions?: number;
  /** Requests to SQS: Karpenter's long polling of its interruption queue. */
  readonly queueRequestMillions?: number;
  /** Topics of all tenants; each has metrics per broker where PER_TOPIC_PER_BROKER monitoring is on. */
  readonly kafkaTopics?: number;
  /** Hours a month of nodes that Karpenter starts, all nodes of a type together. */
  readonly cpuNodeHours?: Readonly<Record<string, number>>;
  /** Hours a month of GPU nodes, all nodes of a type together. */
  readonly gpuHours?: Readonly<Record<string, number>>;
};

/** With every layer merged, shorthand resolved and defaults there. */
export interface Settings {
  /** Values of every other setting that is not named here: `small` is production for a team without a platform team, `staging` is prod's shape, smaller. */
  readonly profile: 'dev' | 'small' | 'staging' | 'prod';
  /** What this stack builds, from the bottom: a layer that is left out comes from the stack that `upstream` names. Default: all three; in staging and prod the tenants have a stack of their own. */
  readonly layers: readonly ('foundation' | 'platform' | 'tenants')[];
  /** The stack that builds the layers below those of this one. Its outputs are read, never changed. */
  readonly upstream?: string;
  /** Where the tenants' files lie: relative to the project's root, or absolute where tenants have a repository of their own. */
  readonly tenantsDir: string;
  /** Begins the name of everything. Default: the name of the stack, or of `upstream`. Changing it replaces everything. */
  readonly environment: string;
  /** Credentials of any other account are refused, so that a wrong profile cannot touch it. */
  readonly account: string;
  /** Where everything lies. Changing it replaces everything. */
  readonly region: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: 'aws' | 'aws-us-gov' | 'aws-cn';
  /** Who answers for the environment: the `owner` tag of everything. */
  readonly owner: string;
  /** The `cost-center` tag of everything: bills are split by it. */
  readonly costCenter: string;
  /** The `data-class` tag of everything. */
  readonly dataClass: 'internal' | 'confidential' | 'restricted';
  /** `keep`: databases, buckets, brokers and their keys are protected and stay when the stack goes. `drop`: they are deleted with it, but for what is locked and the keys of what stays. A prod destroy sets `drop` by an `up` of its own first. */
  readonly dataPolicy: 'keep' | 'drop';
  /** One VPC; nodes and pods live in a second range, 100.64.0.0/16, that no other network needs to reach. */
  readonly network: {
    /** A /16 of a private range (RFC 1918) that no other environment uses. Another one is another VPC, and AWS moves no cluster and no database into it: destroy first. */
    readonly cidr: string;
    /** Two or three zones of `region`. Each costs its cross-zone traffic. The letter decides a zone's ranges, so it keeps them when another joins. Default: the first ones of the region, as many as the profile has. */
    readonly zones: readonly string[];
    /** `single`: one gateway for all zones, which is down when its zone is. `zone`: one in each, three times the price. `none`: fully private; every image and API comes by endpoints and the pull-through cache. */
    readonly nat: 'none' | 'single' | 'zone';
    /** Private doors to AWS's APIs, billed by hour, zone and GB. `none`; `minimal`: image pulls and credentials; `full`: all that the platform calls. `nat: none` needs `full`. */
    readonly interfaceEndpoints: 'none' | 'minimal' | 'full';
    /** `rejected` records what was refused; `all` every connection, billed per GB. */
    readonly flowLogs: 'off' | 'rejected' | 'all';
    /** How long they are kept. */
    readonly flowLogDays: number;
    /** Public addresses that models' pods may reach, on port 443 alone: S3 is reached by public addresses that never leave AWS. Default: any. */
    readonly egressCidrs: readonly string[];
  };
  /** The control plane. */
  readonly cluster: {
    /** One that EKS supports (docs/support.md). Changing it upgrades the control plane in place, one minor at a time. */
    readonly version: string;
    /** Empty: the endpoint is private alone. Never 0.0.0.0/0; none in prod. */
    readonly publicCidrs: readonly string[];
    /** Ranges beside the VPC's own that reach the private endpoint: a VPN's, a peered network's. */
    readonly privateCidrs: readonly string[];
    /** Billed per GB of ingestion; logs that nobody reads were a fifth of one platform's bill. */
    readonly logs: readonly ('api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler')[];
    /** How long they are kept in CloudWatch. */
    readonly logDays: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653;
    /** Control-plane logs go on to the `logs` bucket by a stream, where a year costs a tenth. */
    readonly logExport: boolean;
    /** `standard` grows by itself. A provisioned tier has a fixed capacity and an hourly price. */
    readonly tier: 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl';
    /** Whether AWS may move traffic away from a zone that fails. */
    readonly zonalShift: boolean;
    /** Whether the scheduler fills GPUs up before a new node starts: it needs a region and version that offer kubeSchedulerConfig. */
    readonly binPacking: boolean;
  };
  /** IAM roles; nobody enters by having created it. */
  readonly access: {
    /** The role that runs `pulumi up`: cluster administrator. */
    readonly deploy: string;
    /** Cluster administrators. */
    readonly breakGlass: readonly string[];
    /** Most of what runs, changing nothing: no Secrets, and neither nodes nor custom resources, which the policy that AWS offers for this leaves out. */
    readonly readers: readonly string[];
  };
  /** The only managed node group: Karpenter and what may never be moved run there. All other nodes are Karpenter's. */
  readonly nodes: {
    /** `m7g.large` (Arm) costs about a fifth less. */
    readonly instance: string;
    /** How many, until somebody changes it here; at least one per zone is wise. */
    readonly size: number;
    /** The fewest. */
    readonly min: number;
    /** The most. */
    readonly max: number;
    /** Root volume, gp3, encrypted. */
    readonly rootGiB: number;
  };
  /** `on`: Weir's Karpenter starts and ends them. `off`: the cluster is another team's, and so are its nodes. Default: `off` beside `existing.cluster`, else `on`. */
  readonly karpenter: 'on' | 'off';
  /** What Karpenter may start. Nothing runs, and nothing is paid, until a pod asks for it. */
  readonly pools: {
    /** Of every node that Karpenter starts. Never `latest`: nodes would change by themselves. */
    readonly ami: string;
    /** The most that platform pods, judges and batch jobs may have: the limit of pool `general`. */
    readonly generalCpu: number;
    /** The most that models without a GPU may have: the limit of pool `cpu-inference`. */
    readonly inferenceCpu: number;
    /** Of the pools that serve models. Not every region sells each: `aws ec2 describe-instance-type-offerings` says. */
    readonly gpuFamilies: readonly string[];
    /** The most that models may have at once: the limit of pool `gpu-inference`. */
    readonly gpus: number;
    /** `on`: models may also run on spot instances, which AWS takes back within two minutes. */
    readonly gpuSpot: 'on' | 'off';
    /** Of pool `gpu-training`. */
    readonly trainingFamilies: readonly string[];
    /** The most that training may have at once: the limit of pool `gpu-training`. 0: there is no such pool. */
    readonly trainingGpus: number;
    /** The most GPUs of pool `gpu-shared`, whose nodes let several pods take turns on one GPU, without a wall between their memories. 0: there is no such pool. */
    readonly sharedGpus: number;
    /** How many share one GPU of pool `gpu-shared`. */
    readonly sharedBy: number;
    /** Karpenter's policy of the pools that serve models. */
    readonly consolidation: 'WhenEmpty' | 'WhenEmptyOrUnderutilized' | 'Balanced';
  };
  /** Envoy Gateway behind one network load balancer. TLS ends at it: from there to a model requests are plain HTTP inside the cluster, and network policies admit the gateway alone. */
  readonly gateway: {
    /** A tenant's models answer at `<tenant>.<domain>`; people's pages at `grafana.`, `mlflow.` and `argo.<domain>`. */
    readonly domain?: string;
    /** `internal`: the VPC and what is connected to it. `internet-facing`: everybody, behind the same checks. */
    readonly scheme: 'internal' | 'internet-facing';
    /** Of ACM, for `<domain>` and `*.<domain>`: the load balancer ends TLS. Without it cert-manager makes one by `issuer`. */
    readonly certificate?: string;
    /** Of people who are told when Let's Encrypt's certificate runs out. Needs `dnsZone`. Without `certificate` and `issuer` Weir's own authority signs: clients must trust it. */
    readonly issuer?: string;
    /** Where names are written for what the gateway serves. Without it somebody else writes them. */
    readonly dnsZone?: string;
    /** Every call carries a token of this issuer. */
    readonly jwt?: {
      /** As it stands in `iss`. */
      readonly issuer: string;
      /** Where its keys stand. */
      readonly jwksUri: string;
      /** One of them stands in `aud`. */
      readonly audiences: readonly string[];
      /** Names the tenant whose models may be called. */
      readonly tenantClaim: string;
    };
    /** To Grafana, MLflow and Argo, by OpenID Connect. The client's secret stands in Secrets Manager under `weir/<env>/people`, key `client-secret`. Without it those pages have no way in but `kubectl port-forward`. */
    readonly people?: {
      /** The provider. */
      readonly issuer: string;
      /** As the provider knows Weir. */
      readonly clientId: string;
    };
    /** Of one tenant, over all proxies; more are answered 429. */
    readonly requestsPerSecond: number;
    /** The longest request. */
    readonly maxBodyMiB: number;
  };
  /** Names end in a random suffix: they are unique in the world. */
  readonly storage: {
    /** `governance`: versions of models cannot be deleted before their time without a special permission. `compliance`: by nobody, not by the root user, nor by AWS: the account must pay for them until then. */
    readonly registryLock: 'none' | 'governance' | 'compliance';
    /** How long a version is locked. */
    readonly registryLockDays: number;
    /** How long access, flow and audit logs are kept in the `logs` bucket. */
    readonly logDays: number;
    /** Has to be true for `compliance`. */
    readonly iUnderstandThisIsIrreversible: boolean;
  };
  /** One RDS instance for the registry, features and workflows. */
  readonly postgres: {
    /** Minor versions come by themselves in the window. */
    readonly version: '16' | '17';
    /** Changing it restarts the database. */
    readonly instance: string;
    /** A second copy in another zone that takes over within two minutes: twice the price. */
    readonly multiAz: boolean;
    /** How far back a restore can go. */
    readonly backupDays: number;
    /** gp3, at start. */
    readonly storageGiB: number;
    /** It grows by itself up to this. */
    readonly maxStorageGiB: number;
    /** When the daily backup starts. */
    readonly backupWindow: string;
    /** When minor upgrades may happen; apart from the backup's. */
    readonly maintenanceWindow: string;
  };
  /** MSK: predictions and labels pass through it. */
  readonly kafka: {
    /** A later one upgrades the brokers in place; an earlier one replaces the cluster and loses what is in it. */
    readonly version: '3.9.x.kraft' | '4.0.x.kraft';
    /** A type of `kafka.m5` or `kafka.m7g`: MSK runs KRaft on no other, and `kafka.t3.small` is refused. */
    readonly instance: string;
    /** A multiple of the zones. */
    readonly brokers: number;
    /** Copies of every partition. */
    readonly replication: number;
    /** Copies that must have a record before it counts as written: at most one less than `replication`. */
    readonly minInSync: number;
    /** Each broker's volume, at start. It can only grow. */
    readonly volumeGiB: number;
    /** It grows by itself up to this. */
    readonly maxVolumeGiB: number;
    /** How long a record stays. */
    readonly retentionHours: number;
    /** Everything above `default` is billed by metric. */
    readonly monitoring: 'default' | 'per-broker' | 'per-topic-per-broker';
  };
  /** Predictions and labels as Parquet in S3, by Firehose, which reaches the brokers by a private connection. */
  readonly lake: 'off' | 'on';
  /** Online features; a second, tiny group counts requests for the gateway's limits. */
  readonly valkey: {
    /** Valkey's. */
    readonly version: '8.0' | '8.1' | '8.2';
    /** Of the features' group. */
    readonly instance: string;
    /** Of the features' group. */
    readonly shards: number;
    /** Of each shard: with none, a failed node loses features until they are materialised again. */
    readonly replicas: number;
    /** How long daily snapshots are kept. */
    readonly snapshotDays: number;
    /** Of the gateway's group. */
    readonly rateLimitInstance: string;
  };
  /** Feast. */
  readonly features: {
    /** `valkey`: single milliseconds, and a cluster that is paid by the hour. `dynamodb`: no cluster, paid by request, slower. */
    readonly online: 'valkey' | 'dynamodb';
    /** The most that the feature server may have. */
    readonly replicas: number;
  };
  /** Prometheus and its volume. */
  readonly prometheus: {
    /** How long metrics are kept. */
    readonly days: number;
    /** The volume: it may grow, never shrink. */
    readonly GiB: number;
  };
  /** Keys stand in Secrets Manager under `weir/<env>/alerts`: `slack-url`, `pagerduty-key`, `watchdog-url`. */
  readonly alerts: {
    /** `pagerduty` wakes people; without it pages go to Slack too. */
    readonly receivers: readonly ('slack' | 'pagerduty')[];
    /** Of the platform team. */
    readonly slackChannel: string;
    /** `on`: a service outside (Dead Man's Snitch, healthchecks.io) is called every five minutes and tells people when the calls end, because a dead Prometheus tells nobody. */
    readonly watchdog: 'on' | 'off';
  };
  /** Of the database and whatever else carries the tag `backup=daily`. */
  readonly backup: {
    /** How long a daily backup is kept; 0: none. */
    readonly dailyDays: number;
    /** How long a monthly backup is kept; 0: none. */
    readonly monthlyMonths: number;
    /** A second region that gets a copy of each. */
    readonly copyRegion?: string;
    /** Governance mode: nobody shortens a backup's life by mistake. */
    readonly vaultLock: boolean;
    /** The newest backup is really restored, and the outcome reported: hours of a database instance each week. */
    readonly restoreTest: boolean;
  };
  /** Mail at 50, 80 and 100 % of the month, and when the forecast passes it. */
  readonly budget: {
    /** Per month. */
    readonly monthlyUsd: number;
    /** Who is told. */
    readonly emails: readonly string[];
    /** An unusual rise above this is told within a day, where `payer` is true. */
    readonly anomalyUsd: number;
    /** Whether the account pays its own bill: it is in no organization, or manages one. AWS lets no other account watch a tag for unusual spending, so elsewhere nothing watches. */
    readonly payer: boolean;
    /** At 100 % Karpenter may start no node any more: models cannot scale up until somebody lifts it. */
    readonly denyAtLimit: boolean;
  };
  /** CloudTrail in all regions with the data events of the registry and serving buckets, into a locked bucket. */
  readonly audit: boolean;
  /** A cache of public registries in ECR, and repositories for what is mirrored. */
  readonly images: {
    /** Public registries whose images come through ECR. `dockerHub` and `github` need `registryCredentials`. */
    readonly pullThrough: readonly ('ecrPublic' | 'kubernetes' | 'quay' | 'dockerHub' | 'github')[];
    /** How long an untagged image is kept. */
    readonly keepDays: number;
    /** Which image of each repository runs: printed by the push (docs/environments.md). The platform needs them all. */
    readonly digests?: {
      /** Weir's own. */
      readonly weir: string;
      /** Triton, mirrored from nvcr.io. */
      readonly triton: string;
      /** vLLM's OpenAI server. */
      readonly vllm: string;
      /** MLflow's server. */
      readonly mlflow: string;
      /** Feast's feature server with Weir's way into Valkey. */
      readonly feast: string;
    };
  };
  /** A secret: `pulumi config set --secret --path 'weir:registryCredentials.dockerHub.username' …`. */
  readonly registryCredentials?: {
    /** Of this registry. */
    readonly dockerHub?: {
      /** The user. */
      readonly username: string;
      /** With the right to read alone. */
      readonly accessToken: string;
    };
    /** Of this registry. */
    readonly github?: {
      /** The user. */
      readonly username: string;
      /** With the right to read alone. */
      readonly accessToken: string;
    };
  };
  /** Parts that another team owns: nothing of them is created or changed, and the plan says what is relied on. */
  readonly existing?: {
    /** With subnets by zone. `network.cidr` is then its range. */
    readonly vpc?: {
      /** The VPC. */
      readonly id: string;
      /** For nodes and pods, tagged `karpenter.sh/discovery=<cluster>`, with a way out. */
      readonly nodeSubnets: Readonly<Record<string, string>>;
      /** For internal load balancers, tagged `kubernetes.io/role/internal-elb=1`. */
      readonly privateSubnets: Readonly<Record<string, string>>;
      /** For the data stores. */
      readonly dataSubnets: Readonly<Record<string, string>>;
      /** For the control plane's interfaces. */
      readonly controlPlaneSubnets: Readonly<Record<string, string>>;
    };
    /** With Pod Identity's agent and API authentication. System nodes, Karpenter and add-ons are then its owner's. */
    readonly cluster?: {
      /** The cluster. */
      readonly name: string;
      /** https://…. */
      readonly endpoint: string;
      /** Base64, as EKS describes it. */
      readonly certificateAuthority: string;
      /** Of all nodes: the data stores admit it. */
      readonly nodeSecurityGroup: string;
    };
    /** By purpose. Their policies must admit the services that use them. */
    readonly keys?: {
      /** The cluster's API data, volumes, images. */
      readonly cluster: string;
      /** Postgres, Kafka, Valkey, backups and the buckets of data. */
      readonly data: string;
      /** Models. */
      readonly registry: string;
      /** Logs and the audit trail. */
      readonly logs: string;
    };
  };
  /** Levels, parameters and waivers of the rules that `weir plan --policy`, `pulumi preview --policy-pack policies` and `weir policy check` ask (docs/policies.md). */
  readonly policies?: {
    /** A rule that is not named has the level of its profile. */
    readonly rules?: Readonly<
      Record<
        string,
        {
          /** `mandatory` stops a check and an `up`, `advisory` is told, `disabled` is not looked for. */
          readonly level?: 'mandatory' | 'advisory' | 'disabled';
          /** `weir policy explain <rule>` names them. */
          readonly params?: Readonly<Record<string, number | readonly string[]>>;
        }
      >
    >;
    /** Findings that are known and accepted, for a while. One that covers nothing any more is told, and one that has run out covers nothing. */
    readonly waivers?: readonly {
      readonly rule: string;
      readonly urn: string;
      /** The finding's. Default: everything that the rule says of the resource. */
      readonly path?: string;
      /** Why it is right as it is. */
      readonly reason: string;
      /** Who is asked when it ends. */
      readonly owner: string;
      /** The last on which it holds, in UTC. */
      readonly expires: string;
    }[];
  };
  /** What the monthly price assumes beyond the resources themselves. Defaults by profile: docs/prices.md. */
  readonly usage: EffectiveUsage;
}

export type EffectiveUsage = {
  /** Control-plane logs that EKS sends to CloudWatch; the audit log is most of it. */
  readonly controlPlaneLogGb?: number;
  /** VPC flow logs delivered to S3; prod records all traffic, the others rejected traffic only. */
  readonly flowLogGb?: number;
  /** Kafka broker logs sent to CloudWatch, all brokers together. */
  readonly brokerLogGb?: number;
  /** Postgres logs, its operating system metrics and Valkey's slow log sent to CloudWatch. */
  readonly databaseLogGb?: number;
  /** All other CloudWatch log groups of the stacks together. */
  readonly otherLogGb?: number;
  /** Traffic through the NAT gateways, both directions, all zones together. */
  readonly natGb?: number;
  /** Traffic from the VPC to the internet. */
  readonly internetGb?: number;
  /** Traffic between availability zones, counted once; AWS bills it on both sides. */
  readonly crossZoneGb?: number;
  /** Traffic through the interface endpoints, all endpoints together. */
  readonly endpointGb?: number;
  /** Stored in the registry bucket on average, old versions included. */
  readonly registryGb?: number;
  /** Stored in the serving bucket on average. */
  readonly servingGb?: number;
  /** Stored in the features bucket on average. */
  readonly featuresGb?: number;
  /** Stored in the lake bucket on average. */
  readonly lakeGb?: number;
  /** Stored in the profiles bucket on average. */
  readonly profilesGb?: number;
  /** Query results stored in the athena bucket on average. */
  readonly athenaGb?: number;
  /** Stored in the logs bucket on average: access, flow and load balancer logs. */
  readonly logsBucketGb?: number;
  /** Stored in each bucket that none of the above names, such as the audit trail's. */
  readonly otherBucketGb?: number;
  /** PUT, COPY, POST and LIST requests, all buckets together. */
  readonly bucketWriteMillions?: number;
  /** GET and all other requests, all buckets together. */
  readonly bucketReadMillions?: number;
  /** Requests to KMS, all keys together; bucket keys keep them few. */
  readonly keyRequestMillions?: number;
  /** Object reads and writes that CloudTrail records on the registry and serving buckets. */
  readonly dataEventMillions?: number;
  /** Automated Postgres backups beyond the size of the database, which is free. */
  readonly databaseBackupGb?: number;
  /** Valkey snapshots beyond the one per group that is free. */
  readonly valkeyBackupGb?: number;
  /** Recovery points in the AWS Backup vault of the environment's region. */
  readonly backupGb?: number;
  /** Recovery points in the vault of the second region. */
  readonly backupCopyGb?: number;
  /** Changed data copied to the second region. */
  readonly backupCopyTransferGb?: number;
  /** Container images stored in ECR, pull-through cache included. */
  readonly imageGb?: number;
  /** Requests to Secrets Manager, all secrets together. */
  readonly secretRequestMillions?: number;
  /** Requests to SQS: Karpenter's long polling of its interruption queue. */
  readonly queueRequestMillions?: number;
  /** Topics of all tenants; each has metrics per broker where PER_TOPIC_PER_BROKER monitoring is on. */
  readonly kafkaTopics?: number;
  /** Hours a month of nodes that Karpenter starts, all nodes of a type together. */
  readonly cpuNodeHours?: Readonly<Record<string, number>>;
  /** Hours a month of GPU nodes, all nodes of a type together. */
  readonly gpuHours?: Readonly<Record<string, number>>;
};
