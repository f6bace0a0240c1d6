import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Admitted } from '../admitted-group.ts';
import type { DataPolicy, Hooks } from '../base.ts';
import { type Windows, windowsProblem } from './windows.ts';

/**
 * One RDS instance for the registry, features and workflows, in subnets without a way out. Of its defaults, 50 GiB of gp3 cost about 6 USD a
 * month; the instance class and the standby decide the rest.
 */
export interface PostgresArgs extends Windows {
  /** The environment: names begin with `weir-<env>`. Changing it replaces the database. */
  readonly env: string;
  /** `aws`, or the partition of GovCloud or China. */
  readonly partition: string;
  /** The account's number: only RDS of this account may use the role that writes metrics. */
  readonly account: string;
  /** The VPC of the subnets. */
  readonly vpcId: Input<string>;
  /** Subnets without a default route, in two zones or more. */
  readonly subnetIds: readonly Input<string>[];
  /** Security groups that may connect; nobody else can. */
  readonly allowFrom: Admitted;
  /** Key of the volume, the backups, the master password and Performance Insights. Changing it replaces the database. */
  readonly keyArn: Input<string>;
  /** Key of its logs in CloudWatch. */
  readonly logsKeyArn: Input<string>;
  /** Days for which its logs are kept; one that CloudWatch knows. */
  readonly logDays: number;
  /** With `keep` the database is protected, also against AWS's own console, and stays when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** The major version; minor ones come by themselves in the window. */
  readonly version: '16' | '17';
  /** Such as `db.m7g.large`. Changing it restarts the database. */
  readonly instance: string;
  /** A standby in another zone that takes over within two minutes: twice the price. */
  readonly multiAz: boolean;
  /** Days to which a restore can go back, 1 to 35. */
  readonly backupDays: number;
  /** GiB at start. */
  readonly storageGiB: number;
  /** GiB to which the volume grows by itself: at least a tenth more than at start. */
  readonly maxStorageGiB: number;
  /** The stack's hooks: what waits until interfaces have gone. */
  readonly hooks: Hooks;
}

/** What follows from the arguments alone. */
export interface PostgresPlan {
  /** Of everything that AWS knows by name: `weir-prod-postgres`. */
  readonly physicalName: string;
  readonly family: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** RDS writes to `/aws/rds/instance/<identifier>/<log>`: groups that exist before it keep their retention and key. */
  readonly logs: readonly { readonly name: string; readonly group: string }[];
  readonly deletionProtection: boolean;
  readonly monitoringPolicyArn: string;
  /** Who may use the monitoring role, as a policy document. */
  readonly monitoringTrust: string;
}

const LOGS = ['postgresql', 'upgrade'];

/** TLS only; who connects, what changes the schema, and what takes longer than half a second is logged (30-platform, 2.6; CKV2_AWS_30, 69). */
const PARAMETERS = [
  { name: 'rds.force_ssl', value: '1' },
  { name: 'log_connections', value: '1' },
  { name: 'log_statement', value: 'ddl' },
  { name: 'log_min_duration_statement', value: '500' },
];

/** @throws ArgsError for windows or storage that RDS would refuse */
export function planPostgres(args: PostgresArgs): PostgresPlan {
  const physicalName = `weir-${args.env}-postgres`;
  for (const problem of postgresProblems(args)) throw problem;
  return {
    physicalName,
    family: `postgres${args.version}`,
    parameters: PARAMETERS,
    logs: LOGS.map((name) => ({ name, group: `/aws/rds/instance/${physicalName}/${name}` })),
    deletionProtection: args.dataPolicy === 'keep',
    monitoringPolicyArn: `arn:${args.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    monitoringTrust: monitoringTrust(args.account),
  };
}

/** Everything in windows and storage that RDS would refuse. */
export function postgresProblems(args: Windows & Pick<PostgresArgs, 'storageGiB' | 'maxStorageGiB'>): readonly ArgsError[] {
  const { storageGiB, maxStorageGiB } = args;
  const windows = windowsProblem(args);
  const least = storageGiB + Math.ceil(storageGiB / 10); // RDS wants the ceiling of storage autoscaling a tenth above what is allocated
  return [
    ...(windows === null
      ? []
      : [new ArgsError(`postgres.${windows.window}`, windows.problem, 'Choose windows of 30 minutes or more that do not meet.')]),
    ...(maxStorageGiB >= least
      ? []
      : [
          new ArgsError(
            'postgres.maxStorageGiB',
            `${maxStorageGiB} GiB leaves less than a tenth above the size at start, ${storageGiB} GiB`,
            `Use at least ${least}.`,
          ),
        ]),
  ];
}

function monitoringTrust(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'monitoring.rds.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  });
}
