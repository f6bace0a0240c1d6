import { ArgsError } from '../runtime/errors.ts';
import { ADDON_PINS, type Evidence, type Pins } from './addon-pins.ts';

/** What the platform stands on, and who ends its support. */
export type Product = 'EKS' | 'MSK' | 'Envoy Gateway' | 'Node.js';

/** When support of a version ends (30-platform, 12). */
export interface SupportRow extends Evidence {
  readonly product: Product;
  readonly version: string;
  /** ISO date; null while no end has been published. For EKS the end of standard support: it then upgrades the control plane by itself. */
  readonly endsOn: string | null;
  /** ISO date of the last day that can be bought on top; null where there is none. Weir's clusters never enter it (`upgradePolicy: STANDARD`). */
  readonly extendedEndsOn: string | null;
}

/** The plan warns from here on: an upgrade that goes through dev and staging takes a quarter. */
export const WARN_DAYS = 90;
/** CI fails, and prod takes no such version any more, from here on. */
export const LAST_CALL_DAYS = 30;

const calendar: Evidence = { source: 'EKS user guide, "Kubernetes versions", and endoflife.date/amazon-eks', readOn: '2026-04-24' };
const calendar136: Evidence = {
  source: 'aws eks describe-cluster-versions, in a public compatibility matrix and aws-samples/sample-apex-skills',
  readOn: '2026-09-16',
};
const msk: Evidence = { source: 'MSK developer guide, "Supported Apache Kafka versions"', readOn: '2026-02' };
const envoy: Evidence = { source: 'Envoy Gateway, "Compatibility Matrix"', readOn: '2026-08-31' };
const node: Evidence = { source: 'nodejs/Release README', readOn: '2026-05' };

const eks = (version: string, endsOn: string, extendedEndsOn: string, evidence = calendar): SupportRow => ({
  product: 'EKS',
  version,
  endsOn,
  extendedEndsOn,
  ...evidence,
});
const other = (product: Product, version: string, endsOn: string | null, evidence: Evidence): SupportRow => ({
  product,
  version,
  endsOn,
  extendedEndsOn: null,
  ...evidence,
});

/** Newest first within a product. */
export const SUPPORT: readonly SupportRow[] = [
  eks('1.36', '2027-08-02', '2028-08-02', calendar136),
  eks('1.35', '2027-03-27', '2028-03-27'),
  eks('1.34', '2026-12-02', '2027-12-02'),
  eks('1.33', '2026-07-29', '2027-07-29'),
  other('MSK', '4.0', null, msk),
  other('MSK', '3.9', null, msk),
  other('MSK', '3.8', null, msk),
  other('MSK', '3.6', '2026-06-01', msk),
  other('Envoy Gateway', '1.9', '2027-02-14', envoy),
  other('Node.js', '24', '2028-04-30', node),
];

/** How a version stands on a day. `refused`: its support has ended, or nobody here knows it. */
export interface Support {
  readonly state: 'ok' | 'warn' | 'refused';
  /** ISO date; null while no end is known. */
  readonly endsOn: string | null;
  /** Whole days that are left, negative once it has ended; null while no end is known. */
  readonly days: number | null;
}

const DAY_MS = 86_400_000;

/** Pure: `today` is any moment of the day in UTC. */
export function supportOf(version: string, today: Date, product: Product = 'EKS'): Support {
  const row = SUPPORT.find((candidate) => candidate.product === product && candidate.version === version);
  if (row === undefined) return { state: 'refused', endsOn: null, days: null };
  const { endsOn } = row;
  if (endsOn === null) return { state: 'ok', endsOn, days: null };
  const days = Math.floor(Date.parse(endsOn) / DAY_MS) - Math.floor(today.getTime() / DAY_MS);
  return { state: days < 0 ? 'refused' : days < WARN_DAYS ? 'warn' : 'ok', endsOn, days };
}

/** Kubernetes versions that Weir can build a cluster of, newest first: those with add-ons. */
export const EKS_VERSIONS: readonly string[] = SUPPORT.filter(({ product, version }) => product === 'EKS' && version in ADDON_PINS).map(
  ({ version }) => version,
);

/** The add-ons' versions for a cluster's. Throws an `ArgsError` for one that Weir does not know. */
export function addonPins(version: string): Pins {
  const pins = ADDON_PINS[version];
  if (pins !== undefined) return pins;
  throw new ArgsError('cluster.version', `"${version}" is no version that Weir has add-ons for`, `Use one of ${EKS_VERSIONS.join(', ')}.`);
}
