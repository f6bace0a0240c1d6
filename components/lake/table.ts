import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { lakeColumns } from './columns.ts';
import { type LakeKind, lakePrefix } from './plan.ts';

/** Which table: of what, of whom, and where its files lie. */
export interface LakeTableOf {
  readonly kind: LakeKind;
  readonly tenant: string;
  readonly models: readonly TenantModel[];
  /** Its name. */
  readonly bucket: pulumi.Input<string>;
  /** How far back a query without a day looks. */
  readonly days: number;
}

/** A table's name: `predictions_risk_office`. Names of tenants have no underscore, so no two meet. */
export const lakeTableName = (kind: LakeKind, tenant: string): string => `${kind}_${tenant.replaceAll('-', '_')}`;

/**
 * What describes a tenant's records to Firehose and to Athena. Days are projected from the calendar: no crawler, and nothing to add at midnight. `day` is the
 * day of arrival in UTC, so whoever asks by event time reads a day more on each side.
 */
export function lakeTable({ kind, tenant, models, bucket, days }: LakeTableOf): Omit<aws.glue.CatalogTableArgs, 'databaseName'> {
  const location = pulumi.interpolate`s3://${bucket}/${lakePrefix(kind, tenant)}`;
  return {
    name: lakeTableName(kind, tenant),
    description: `${kind} of ${tenant}, at least once: count by ${kind === 'predictions' ? 'id' : 'requestid, row and event'}`,
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: [{ name: 'day', type: 'date' }],
    storageDescriptor: {
      location,
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serDeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      columns: [...lakeColumns(kind, models)],
    },
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': `NOW-${days}DAYS,NOW+1DAYS`,
      'storage.location.template': pulumi.interpolate`${location}day=\${day}/`,
    },
  };
}
