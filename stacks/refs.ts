import * as pulumi from '@pulumi/pulumi';
import { byPurpose, type KeyPurpose } from '../components/keys/plan.ts';
import { byImage, type Image } from '../components/registry-images/plan.ts';
import { type BucketName, byName } from '../components/storage/plan.ts';
import { ArgsError } from '../runtime/errors.ts';
import { at } from '../runtime/model/layers/tree.ts';
import type { BuiltFoundation } from './foundation.ts';
import type { Settings } from './settings/settings-file.ts';

type Text = pulumi.Output<string>;
/** A list is one output: across stacks its length is known only when it is read. */
type Texts = pulumi.Output<readonly string[]>;
type Count = pulumi.Output<number>;

/** What the foundation tells the layers above it: the same type in process and through a StackReference. Nothing in it is secret. */
export interface FoundationOutputs {
  /** Where it lies, and what its stack builds: `foundation`, or `foundation, platform`. */
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
  readonly kafka: Readonly<Record<'arn' | 'bootstrapBrokers' | 'clusterName', Text>> & { readonly replication: Count };
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

/** Every output again, by its path: what is read from another stack, and checked there. */
function read({ text, texts, count, maybe }: Reader): FoundationOutputs {
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
    kafka: {
      arn: text('kafka', 'arn'),
      bootstrapBrokers: text('kafka', 'bootstrapBrokers'),
      clusterName: text('kafka', 'clusterName'),
      replication: count('kafka', 'replication'),
    },
    valkey: {
      featuresEndpoint: text('valkey', 'featuresEndpoint'),
      featuresArn: text('valkey', 'featuresArn'),
      rateLimitEndpoint: text('valkey', 'rateLimitEndpoint'),
      readWriteUser: text('valkey', 'readWriteUser'),
      readWriteUserArn: text('valkey', 'readWriteUserArn'),
      readOnlyUser: text('valkey', 'readOnlyUser'),
      readOnlyUserArn: text('valkey', 'readOnlyUserArn'),
    },
  };
}

/** What a stack says of itself, to be held against the stack below it. */
export type Here = Pick<Settings, 'account' | 'region'>;

/**
 * The foundation that another stack has built. Its outputs are checked when they are read: an `ArgsError` names all that are missing or wrong, a
 * stack that lies elsewhere, and one that builds the upper layers itself: two stacks would own the same objects.
 */
export function foundationOf(upstream: string, here: Here): BuiltFoundation {
  const reference = new pulumi.StackReference('upstream', { name: `organization/${pulumi.getProject()}/${upstream}` }); // the literal word on self-managed backends
  const wanted: Wanted[] = [];
  const checked: pulumi.Output<unknown> = reference.getOutput('foundation').apply((found: unknown) => {
    assertOutputs(upstream, wanted, found);
    assertBelow(upstream, here, found);
    return found;
  });
  const leaf = <Value>(kind: Kind<Value>, path: readonly string[]): pulumi.Output<Value> => {
    wanted.push({ path, kind });
    return checked.apply((found) => valueAt(kind, found, path));
  };
  const outputs = read({
    text: (...path) => leaf(TEXT, path),
    maybe: (...path) => leaf(MAYBE, path),
    texts: (...path) => leaf(TEXTS, path),
    count: (...path) => leaf(COUNT, path),
  });
  return { outputs, ready: [] };
}

interface Reader {
  readonly text: (...path: readonly string[]) => Text;
  /** One that may be empty. */
  readonly maybe: (...path: readonly string[]) => Text;
  readonly texts: (...path: readonly string[]) => Texts;
  readonly count: (...path: readonly string[]) => Count;
}

interface Kind<Value> {
  readonly words: string;
  readonly is: (value: unknown) => value is Value;
}

interface Wanted {
  readonly path: readonly string[];
  readonly kind: Kind<unknown>;
}

const TEXT: Kind<string> = { words: 'a text', is: (value): value is string => typeof value === 'string' && value !== '' };
const MAYBE: Kind<string> = { words: 'a text', is: (value): value is string => typeof value === 'string' };
const COUNT: Kind<number> = { words: 'a number', is: (value): value is number => typeof value === 'number' };
const TEXTS: Kind<readonly string[]> = {
  words: 'a list of texts',
  is: (value): value is readonly string[] => Array.isArray(value) && value.length > 0 && value.every(TEXT.is),
};

function assertOutputs(upstream: string, wanted: readonly Wanted[], found: unknown): void {
  const problems = found === undefined ? ['has no output foundation'] : wanted.flatMap((leaf) => problemOf(leaf, found));
  if (problems.length === 0) return;
  throw told(`stack "${upstream}" ${problems.join(', ')}`, `Deploy that stack first, with this version: \`pulumi up --stack ${upstream}\`.`);
}

function assertBelow(upstream: string, here: Here, found: unknown): void {
  const [account, region, layers] = ['account', 'region', 'layers'].map((key) => valueAt(TEXT, found, ['place', key]));
  if (account !== here.account || region !== here.region) {
    const problem = `stack "${upstream}" lies in ${region} of account ${account}, this stack in ${here.region} of ${here.account}`;
    throw told(problem, 'Name the same region and account in both, or another stack.');
  }
  if (layers === 'foundation') return;
  throw told(
    `stack "${upstream}" builds ${layers} itself`,
    `Set weir:layers to [foundation] there, or take this stack away: each object has one owner.`,
  );
}

/** Thrown in an apply: by this mark the SDK shows it without a stack of calls, as it does its own RunError. */
function told(problem: string, remedy: string): ArgsError {
  return Object.assign(new ArgsError('weir:upstream', problem, remedy), { __pulumiRunError: true });
}

function problemOf({ path, kind }: Wanted, found: unknown): readonly string[] {
  const value = at(found, path);
  const output = `foundation.${path.join('.')}`;
  if (value === undefined) return [`has no output ${output}`];
  return kind.is(value) ? [] : [`has an output ${output} that is not ${kind.words}`];
}

function valueAt<Value>(kind: Kind<Value>, found: unknown, path: readonly string[]): Value {
  const value = at(found, path);
  if (kind.is(value)) return value;
  throw new Error(`foundation.${path.join('.')} passed its check and is not ${kind.words}`);
}
