import type { Resource } from '@pulumi/pulumi';
import { Features } from '../../components/features/features.ts';
import type { OnlineArgs } from '../../components/features/plan.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { type Below, type Part, replicasOf } from './below.ts';
import { type DatabasesPart, feastImage } from './registry.ts';

/**
 * Feast: wave 6.
 * @param after The SecretStore of the namespace `weir-features`, and Prometheus's kinds.
 */
export function buildFeatures(below: Below, after: readonly Resource[], databases: DatabasesPart): Part {
  const { settings, foundation, inside } = below;
  const { environment: env, account, partition, region, dataPolicy, features: given } = settings;
  const { cluster, keys, buckets } = foundation;
  const features = new Features(
    `${env}-features`,
    {
      env,
      account,
      partition,
      region,
      clusterName: cluster.name,
      image: feastImage(below),
      replicas: { min: replicasOf(settings), max: given.replicas },
      online: onlineOf(below),
      buckets: { features: buckets.features, athena: buckets.athena },
      keyArn: keys.data,
      dataPolicy,
      database: { host: databases.host, secret: databases.secrets.feast },
      after: [...after, ...databases.ready],
    },
    inside,
  );
  return { ready: features.ready };
}

function onlineOf({ settings, foundation: { valkey } }: Below): OnlineArgs {
  if (settings.features.online === 'dynamodb') return { kind: 'dynamodb' };
  return {
    kind: 'valkey',
    endpoint: valkey.featuresEndpoint.apply(there),
    group: valkey.featuresArn.apply((arn) => arn.split(':').at(-1) ?? ''),
    groupArn: valkey.featuresArn,
    user: valkey.readWriteUser,
    userArn: valkey.readWriteUserArn,
  };
}

/** Thrown in an apply: by this mark the SDK shows it without a stack of calls, as it does its own RunError. */
function there(endpoint: string): string {
  if (endpoint !== '') return endpoint;
  const remedy = 'Say the same in both stacks, and deploy that one first.';
  const told = new ArgsError('weir:features.online', 'the stack below has no Valkey for features, and this one says valkey', remedy);
  throw Object.assign(told, { __pulumiRunError: true });
}
