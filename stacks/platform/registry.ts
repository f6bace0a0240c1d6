import * as pulumi from '@pulumi/pulumi';
import { Databases } from '../../components/registry/databases.ts';
import { Registry } from '../../components/registry/registry.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { type Below, type Part, replicasOf } from './below.ts';
import { digestsOf } from './models-outputs.ts';

/** The databases that workflows, features and the registry stand on: with the controllers of wave 2 there, before wave 5. */
export interface DatabasesPart extends Part {
  /** Host of Postgres. */
  readonly host: pulumi.Output<string>;
  /** Names in Secrets Manager, by role. */
  readonly secrets: Databases['secrets'];
}

/** @param after Namespaces and nodes; Pod Identity comes with the foundation. */
export function buildDatabases({ settings, foundation, inside }: Below, after: readonly pulumi.Resource[]): DatabasesPart {
  const { environment: env, account, region } = settings;
  const { postgres, cluster, keys } = foundation;
  const databases = new Databases(
    `${env}-databases`,
    {
      env,
      account,
      region,
      clusterName: cluster.name,
      image: feastImage({ settings, foundation }),
      host: postgres.endpoint,
      masterSecretArn: postgres.masterSecretArn,
      keyArn: keys.data,
      after,
    },
    inside,
  );
  return { ready: databases.ready, host: postgres.endpoint, secrets: databases.secrets };
}

/** Weir's image of Feast, by digest. */
export function feastImage({ settings, foundation }: Pick<Below, 'settings' | 'foundation'>): pulumi.Output<string> {
  return pulumi.interpolate`${foundation.images['feast-feature-server']}@${digestsOf(settings).feast}`;
}

/**
 * MLflow: wave 6.
 * @param after The databases, and the SecretStore of the namespace `mlflow`.
 */
export function buildRegistry({ settings, foundation, inside }: Below, after: readonly pulumi.Resource[], databases: DatabasesPart): Part {
  const { environment: env, account, partition, region, gateway, storage } = settings;
  const { cluster, keys, buckets, images } = foundation;
  if (gateway.domain === undefined) throw new ArgsError('gateway.domain', 'is missing', 'Name the domain that models answer below.');
  const registry = new Registry(
    `${env}-registry`,
    {
      env,
      account,
      partition,
      region,
      clusterName: cluster.name,
      replicas: replicasOf(settings),
      domain: gateway.domain,
      image: { repository: images.mlflow, digest: digestsOf(settings).mlflow },
      bucket: buckets.registry,
      keyArn: keys.registry,
      locked: storage.registryLock !== 'none',
      database: { host: databases.host, secret: databases.secrets.mlflow },
      after: [...after, ...databases.ready],
    },
    inside,
  );
  return { ready: registry.ready };
}
