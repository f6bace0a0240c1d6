import type { Input, Resource } from '@pulumi/pulumi';
import type { DataPolicy } from '../base.ts';

/**
 * What the lakes of all tenants share: a catalogue, a way to ask it, and the role that delivers. It costs what is asked: about 5 USD for each TB that a
 * query reads, and what is delivered.
 */
export interface LakeArgs {
  /** Begins the names: `weir-<env>`, and `weir_<env>` in the catalogue. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** With `keep` the catalogue is protected and stays when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** Names: where predictions and labels lie, and where answers to queries do. */
  readonly buckets: { readonly lake: Input<string>; readonly athena: Input<string> };
  /** ARNs: of the key of data and of that of logs. */
  readonly keys: { readonly data: Input<string>; readonly logs: Input<string> };
  /** The brokers that are read. */
  readonly kafkaArn: Input<string>;
  /** Days for which failures of delivery are kept; one that CloudWatch knows. */
  readonly logDays: number;
  /** What has to be there before: the brokers. */
  readonly after: readonly Resource[];
}

export interface LakePlan {
  /** SQL knows no hyphens: `weir_prod_eu`. */
  readonly database: string;
  readonly workgroup: string;
  readonly roleName: string;
  readonly logGroup: string;
  /** Bytes that one query may read: it is stopped above that. */
  readonly mostBytes: number;
}

/** About one dollar's worth at 5 USD for a TB: a query without a day in it is stopped before anybody pays for it. */
const MOST_GIB = 200;

export function planLake({ env }: Pick<LakeArgs, 'env'>): LakePlan {
  return {
    database: `weir_${env.replaceAll('-', '_')}`,
    workgroup: `weir-${env}`,
    roleName: `weir-${env}-lake-delivery`,
    logGroup: lakeLogGroup(env),
    mostBytes: MOST_GIB * 2 ** 30,
  };
}

/** Where Firehose tells what it could not deliver, of all tenants: each line names its stream. */
export const lakeLogGroup = (env: string): string => `/aws/kinesisfirehose/weir-${env}-lake`;

/** The log group's only stream. */
export const LAKE_LOG_STREAM = 's3';

/** What there is of each tenant in the lake. */
export const LAKE_KINDS = ['predictions', 'labels'] as const;
export type LakeKind = (typeof LAKE_KINDS)[number];

/** Where a tenant's records of a kind lie in the bucket `lake`, a folder for each day of arrival below it. */
export const lakePrefix = (kind: LakeKind, tenant: string): string => `${kind}/tenant=${tenant}/`;

/** Where records lie that could not be converted. */
export const errorPrefix = (tenant: string): string => `errors/${tenant}/`;
