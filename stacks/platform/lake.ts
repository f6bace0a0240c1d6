import type { Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Lake } from '../../components/lake/lake.ts';
import type { PlatformOutputs } from '../refs.ts';
import type { Below, Part } from './below.ts';

/** The lake that tenants' streams deliver to; nothing where it is off. */
export interface LakePart extends Part {
  readonly outputs: PlatformOutputs['lake'];
}

export function buildLake({ settings, foundation, cloud }: Below, after: readonly Resource[]): LakePart {
  const { environment: env, account, region, partition, dataPolicy, cluster } = settings;
  if (settings.lake === 'off') {
    const none = pulumi.output('');
    return { outputs: { database: none, workgroup: none, deliveryRole: none }, ready: [] };
  }
  const { buckets, keys, kafka } = foundation;
  const place = { env, account, region, partition };
  const lake = new Lake(
    `${env}-lake`,
    {
      ...place,
      dataPolicy,
      buckets: { lake: buckets.lake, athena: buckets.athena },
      keys: { data: keys.data, logs: keys.logs },
      kafkaArn: kafka.arn,
      logDays: cluster.logDays,
      after,
    },
    cloud,
  );
  const { database, workgroup, deliveryRole, ready } = lake;
  return { outputs: { database, workgroup, deliveryRole }, ready };
}
