import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../../components/base.ts';
import { Kafka } from '../../components/kafka/kafka.ts';
import { Postgres } from '../../components/postgres/postgres.ts';
import { Valkey } from '../../components/valkey/valkey.ts';
import type { StoreOutputs } from '../refs.ts';
import type { Settings } from '../settings/settings-file.ts';

/** What data stores stand on. */
export interface BelowStores {
  readonly vpcId: Output<string>;
  /** Without a way out, one per zone. */
  readonly dataSubnetIds: readonly Output<string>[];
  /** The group of all nodes: pods have no other, and nobody else gets in. */
  readonly nodeSecurityGroupId: Output<string>;
  readonly dataKeyArn: Output<string>;
  readonly logsKeyArn: Output<string>;
  readonly hooks: Hooks;
}

export interface BuiltStores {
  readonly outputs: StoreOutputs;
  /** The database's ARN: what AWS Backup copies. */
  readonly postgresArn: Output<string>;
  /** Where AWS Backup restores it to see whether it can. */
  readonly postgresSubnetGroup: Output<string>;
  readonly ready: readonly Resource[];
}

/** Postgres, Kafka and Valkey. */
export function buildStores(settings: Settings, below: BelowStores, options: ComponentResourceOptions): BuiltStores {
  const { environment: env, account, partition, dataPolicy } = settings;
  const { vpcId, dataSubnetIds: subnetIds, dataKeyArn: keyArn, logsKeyArn, hooks } = below;
  const allowFrom = { nodes: below.nodeSecurityGroupId };
  const shared = { env, vpcId, subnetIds, allowFrom, keyArn, logsKeyArn, logDays: settings.cluster.logDays, dataPolicy, hooks };
  const postgres = new Postgres(`${env}-postgres`, { ...shared, ...settings.postgres, account, partition }, options);
  const kafka = new Kafka(`${env}-kafka`, { ...shared, ...settings.kafka, lake: settings.lake === 'on' }, options);
  const features = settings.features.online === 'valkey';
  const valkey = new Valkey(`${env}-valkey`, { ...shared, ...settings.valkey, features }, options);
  const { readWrite, readOnly } = valkey.users;
  return {
    outputs: {
      postgres: { endpoint: postgres.endpoint, masterSecretArn: postgres.masterSecretArn },
      kafka: {
        arn: kafka.arn,
        bootstrapBrokers: kafka.bootstrapBrokers,
        clusterName: kafka.clusterName,
        instance: pulumi.output(settings.kafka.instance),
        replication: pulumi.output(kafka.replication),
        brokers: pulumi.output(settings.kafka.brokers),
      },
      valkey: {
        featuresEndpoint: valkey.featuresEndpoint,
        featuresArn: valkey.featuresArn,
        rateLimitEndpoint: valkey.rateLimitEndpoint,
        readWriteUser: readWrite.name,
        readWriteUserArn: readWrite.arn,
        readOnlyUser: readOnly.name,
        readOnlyUserArn: readOnly.arn,
      },
    },
    postgresArn: postgres.arn,
    postgresSubnetGroup: postgres.subnetGroupName,
    ready: [...postgres.ready, ...kafka.ready, ...valkey.ready],
  };
}
