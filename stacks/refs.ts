import type * as pulumi from '@pulumi/pulumi';
import { byPurpose, type KeyPurpose } from '../components/keys/plan.ts';
import { byImage, type Image } from '../components/registry-images/plan.ts';
import { type BucketName, byName } from '../components/storage/plan.ts';
import { type Here, type Reader, readUpstream } from './refs/upstream.ts';

type Text = pulumi.Output<string>;
/** A list is one output: across stacks its length is known only when it is read. */
type Texts = pulumi.Output<readonly string[]>;
type Count = pulumi.Output<number>;

/** What the foundation tells the layers above it: the same type in process and through a StackReference. Nothing in it is secret. */
export interface FoundationOutputs {
  /** Where it lies, and what its stack builds: `foundation`, or `foundation, platform, tenants`. */
  readonly place: Readonly<Record<'account' | 'region' | 'layers', Text>>;
  /** ARNs, by purpose. */
  readonly keys: Readonly<Record<KeyPurpose, Text>>;
  /** Names; a bucket's ARN follows from its name. */
  readonly buckets: Readonly<Record<BucketName, Text>>;
  /** URLs of the repositories of what is built or mirrored, without a tag. */
  readonly images: Readonly<Record<Image, Text>>;
  readonly network: { readonly vpcId: Text; readonly nodeSubnetIds: Texts };
  /** `owner` is `weir` or `another team`, `kubeconfig` JSON without a credential, `certificateAuthority` base64. */
  readonly cluster: Readonly<Record<ClusterText, Text>>;
  readonly karpenter: KarpenterOutputs;
  readonly postgres: StoreOutputs['postgres'];
  readonly kafka: StoreOutputs['kafka'];
  readonly valkey: StoreOutputs['valkey'];
}

/** Where clients find the data stores. Endpoints are host names, `bootstrapBrokers` names and ports; who may connect is IAM's to say. */
export interface StoreOutputs {
  readonly postgres: Readonly<Record<'endpoint' | 'masterSecretArn', Text>>;
  readonly kafka: Readonly<Record<'arn' | 'bootstrapBrokers' | 'clusterName' | 'instance', Text>> &
    Readonly<Record<'replication' | 'brokers', Count>>;
  /** All but the gateway's endpoint are empty where DynamoDB has the features. */
  readonly valkey: Readonly<Record<ValkeyText, Text>>;
}

type ValkeyText =
  | 'featuresEndpoint'
  | 'featuresArn'
  | 'rateLimitEndpoint'
  | 'readWriteUser'
  | 'readWriteUserArn'
  | 'readOnlyUser'
  | 'readOnlyUserArn';

/** Karpenter's AWS half: the queue's, node role's and instance profile's name, the controller role's ARN. Empty in a cluster that another team owns. */
export type KarpenterOutputs = Readonly<Record<'queue' | 'controllerRole' | 'nodeRole' | 'instanceProfile', Text>>;

type ClusterText = 'owner' | 'version' | 'name' | 'arn' | 'endpoint' | 'certificateAuthority' | 'nodeSecurityGroupId' | 'kubeconfig';

/**
 * What the platform tells the tenants' layer: the same type in process and through a StackReference. It names all that tenants need of the layers
 * below it, so that they have one stack to stand on. Nothing in it is secret.
 */
export interface PlatformOutputs {
  /** Where it lies, and what its stack builds. */
  readonly place: Readonly<Record<'account' | 'region' | 'partition' | 'layers', Text>>;
  readonly cluster: Readonly<Record<'name' | 'arn' | 'version' | 'kubeconfig', Text>>;
  /** ARNs, by purpose. */
  readonly keys: Readonly<Record<KeyPurpose, Text>>;
  /** Names. */
  readonly buckets: Readonly<Record<BucketName, Text>>;
  readonly kafka: StoreOutputs['kafka'];
  /** What models are rendered with: domain, images by digest, addresses inside the cluster (runtime/model/render/types.ts, `RenderEnvironment`). */
  readonly models: Readonly<Record<ModelsText, Text>> & { readonly egressCidrs: Texts; readonly zones: Count };
  /** Glue database, Athena workgroup and the ARN of the role that delivers; all empty where the lake is off. */
  readonly lake: Readonly<Record<'database' | 'workgroup' | 'deliveryRole', Text>>;
  /** ARNs of the roles that pods of all tenants share, each narrowed where it is bound to an account. */
  readonly tenantRoles: Readonly<Record<'serving' | 'training', Text>>;
}

type ModelsText = 'domain' | 'region' | 'servingBucket' | 'kafka' | 'weirImage' | 'tritonImage' | 'vllmImage' | 'prometheus' | 'featureServer';

/** Every output again, by its path: what is read from another stack, and checked there. */
function readFoundation(reader: Reader): FoundationOutputs {
  const { text, texts, maybe } = reader;
  return {
    place: { account: text('place', 'account'), region: text('place', 'region'), layers: text('place', 'layers') },
    keys: byPurpose((purpose) => text('keys', purpose)),
    buckets: byName((bucket) => text('buckets', bucket)),
    images: byImage((image) => text('images', image)),
    network: { vpcId: text('network', 'vpcId'), nodeSubnetIds: texts('network', 'nodeSubnetIds') },
    cluster: {
      owner: text('cluster', 'owner'),
      version: text('cluster', 'version'),
      name: text('cluster', 'name'),
      arn: text('cluster', 'arn'),
      endpoint: text('cluster', 'endpoint'),
      certificateAuthority: text('cluster', 'certificateAuthority'),
      nodeSecurityGroupId: text('cluster', 'nodeSecurityGroupId'),
      kubeconfig: text('cluster', 'kubeconfig'),
    },
    karpenter: {
      queue: maybe('karpenter', 'queue'),
      controllerRole: maybe('karpenter', 'controllerRole'),
      nodeRole: maybe('karpenter', 'nodeRole'),
      instanceProfile: maybe('karpenter', 'instanceProfile'),
    },
    postgres: {
      endpoint: text('postgres', 'endpoint'),
      masterSecretArn: text('postgres', 'masterSecretArn'),
    },
    kafka: readKafka(reader),
    valkey: {
      featuresEndpoint: maybe('valkey', 'featuresEndpoint'),
      featuresArn: maybe('valkey', 'featuresArn'),
      rateLimitEndpoint: text('valkey', 'rateLimitEndpoint'),
      readWriteUser: maybe('valkey', 'readWriteUser'),
      readWriteUserArn: maybe('valkey', 'readWriteUserArn'),
      readOnlyUser: maybe('valkey', 'readOnlyUser'),
      readOnlyUserArn: maybe('valkey', 'readOnlyUserArn'),
    },
  };
}

function readPlatform(reader: Reader): PlatformOutputs {
  const { text, texts, count, maybe } = reader;
  return {
    place: {
      account: text('place', 'account'),
      region: text('place', 'region'),
      partition: text('place', 'partition'),
      layers: text('place', 'layers'),
    },
    cluster: {
      name: text('cluster', 'name'),
      arn: text('cluster', 'arn'),
      version: text('cluster', 'version'),
      kubeconfig: text('cluster', 'kubeconfig'),
    },
    keys: byPurpose((purpose) => text('keys', purpose)),
    buckets: byName((bucket) => text('buckets', bucket)),
    kafka: readKafka(reader),
    models: {
      domain: text('models', 'domain'),
      region: text('models', 'region'),
      servingBucket: text('models', 'servingBucket'),
      kafka: text('models', 'kafka'),
      weirImage: text('models', 'weirImage'),
      tritonImage: text('models', 'tritonImage'),
      vllmImage: text('models', 'vllmImage'),
      prometheus: text('models', 'prometheus'),
      featureServer: text('models', 'featureServer'),
      egressCidrs: texts('models', 'egressCidrs'),
      zones: count('models', 'zones'),
    },
    lake: {
      database: maybe('lake', 'database'),
      workgroup: maybe('lake', 'workgroup'),
      deliveryRole: maybe('lake', 'deliveryRole'),
    },
    tenantRoles: { serving: text('tenantRoles', 'serving'), training: text('tenantRoles', 'training') },
  };
}

/** A layer's outputs, and what the next layer's resources depend on when it is built in the same stack. */
export interface Built<Outputs> {
  readonly outputs: Outputs;
  /** Empty across stacks, where the order of stacks takes over (30-platform D5). */
  readonly ready: readonly pulumi.Resource[];
}

/** The foundation that another stack has built. */
export function foundationOf(upstream: string, here: Here): Built<FoundationOutputs> {
  return { outputs: readUpstream({ upstream, layer: 'foundation', here }, readFoundation), ready: [] };
}

/** The platform that another stack has built. */
export function platformOf(upstream: string, here: Here): Built<PlatformOutputs> {
  return { outputs: readUpstream({ upstream, layer: 'platform', here }, readPlatform), ready: [] };
}

function readKafka({ text, count }: Reader): StoreOutputs['kafka'] {
  return {
    arn: text('kafka', 'arn'),
    bootstrapBrokers: text('kafka', 'bootstrapBrokers'),
    clusterName: text('kafka', 'clusterName'),
    instance: text('kafka', 'instance'),
    replication: count('kafka', 'replication'),
    brokers: count('kafka', 'brokers'),
  };
}
