import type { DataPolicy } from '../base.ts';
import type { Statement } from '../identity/policy.ts';
import { type KeyPlace, keyStatements } from './policies.ts';

/** What a key encrypts: the cluster's data, volumes and images; data stores and backups; models; logs. */
export const KEY_PURPOSES = ['cluster', 'data', 'registry', 'logs'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** Keys of another team, by purpose. */
export type ExistingKeys = Readonly<Record<KeyPurpose, string>>;

/**
 * One KMS key per purpose, each about 1 USD a month and 0.03 USD per 10,000 requests; rotation adds at most 2 USD a month in its first two
 * years.
 */
export interface KeysArgs {
  /** Begins the aliases: `alias/weir-<env>-<purpose>`. */
  readonly env: string;
  /** Twelve digits. The account's IAM policies decide who may use and administer the keys. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** Where the keys lie, and the only region whose services may use them. */
  readonly region: string;
  /** `keep`: a destroy refuses while the keys are protected and leaves them after that. `drop`: they are deleted 30 days later. */
  readonly dataPolicy: DataPolicy;
  /**
   * Default none. Purposes that encrypt something which stays under every data policy, such as a locked bucket or a log group: their keys stay
   * too, for nobody could read it again without them. Each costs 1 USD a month until somebody deletes it.
   */
  readonly lasting?: readonly KeyPurpose[];
  /** Default none. Another team's keys: then nothing is created, and their policies must admit the services that use them. */
  readonly existing?: ExistingKeys;
}

export interface KeyPlan {
  readonly purpose: KeyPurpose;
  readonly alias: string;
  readonly description: string;
  readonly statements: readonly Statement[];
  /** Stays when the stack goes, whatever the data policy says. */
  readonly lasting: boolean;
}

export interface KeysPlan {
  /** Empty where another team's keys are used. */
  readonly keys: readonly KeyPlan[];
  readonly existing: Partial<ExistingKeys>;
}

/** Days in which the deletion of a key can be taken back: the longest that KMS offers. */
export const DELETION_WINDOW_DAYS = 30;

const DESCRIPTIONS: Readonly<Record<KeyPurpose, string>> = {
  cluster: "the cluster's API data, node volumes and images",
  data: 'databases, brokers, caches, backups and buckets of data',
  registry: 'models in the registry and in serving',
  logs: 'log groups and the audit trail',
};

/** Which keys there are and who may use them. */
export function planKeys(args: KeysArgs): KeysPlan {
  if (args.existing !== undefined) return { keys: [], existing: args.existing };
  const place: KeyPlace = { env: args.env, account: args.account, partition: args.partition, region: args.region };
  const keys = KEY_PURPOSES.map(
    (purpose): KeyPlan => ({
      purpose,
      alias: `alias/weir-${args.env}-${purpose}`,
      description: `weir ${args.env}: ${DESCRIPTIONS[purpose]}`,
      statements: keyStatements(purpose, place),
      lasting: args.lasting?.includes(purpose) ?? false,
    }),
  );
  return { keys, existing: {} };
}

/** A value for each purpose. */
export function byPurpose<Value>(value: (purpose: KeyPurpose) => Value): Readonly<Record<KeyPurpose, Value>> {
  return { cluster: value('cluster'), data: value('data'), registry: value('registry'), logs: value('logs') };
}
