import type { FeatureService } from '../features/catalogue.ts';
import { keyOf, type ModelKey, type ModelSpec } from '../model/types.ts';
import type { FeatureCounts } from '../proxy/feature-counts.ts';
import { freshnessOf } from '../proxy/feature-read.ts';
import type { AuditFact } from './audit.ts';

/** A view whose newest row is older than a model that reads it was promised. */
interface Late {
  readonly spec: ModelSpec;
  readonly view: string;
  readonly ageSeconds: number;
  readonly promisedSeconds: number;
}

/** Tells once when the features of a model become stale, and once when they are fresh again. */
export interface FreshnessWatch {
  /** To be called every second or so. */
  tick(specs: readonly ModelSpec[], services: ReadonlyMap<ModelKey, FeatureService>, counts: Pick<FeatureCounts, 'all'>): readonly AuditFact[];
}

export function createFreshnessWatch(): FreshnessWatch {
  let told = new Map<string, Late>();
  return {
    tick(specs, services, counts) {
      const late = new Map(lateViews(specs, services, counts).map((one) => [`${keyOf(one.spec)}/${one.view}`, one]));
      const stale = [...late].flatMap(([name, one]) => (told.has(name) ? [] : [factOf(one, 'FeaturesStale', staleText(one))]));
      const fresh = [...told].flatMap(([name, one]) => (late.has(name) ? [] : [factOf(one, 'FeaturesFresh', `view ${one.view} is fresh again`)]));
      told = late;
      return [...stale, ...fresh];
    },
  };
}

function lateViews(
  specs: readonly ModelSpec[],
  services: ReadonlyMap<ModelKey, FeatureService>,
  counts: Pick<FeatureCounts, 'all'>,
): readonly Late[] {
  const models = new Map(specs.map((spec) => [keyOf(spec), spec]));
  return [...counts.all()].flatMap(([key, { newestAges }]) => {
    const spec = models.get(key);
    const service = services.get(key);
    const { features } = spec ?? {};
    if (spec === undefined || features === undefined || service === undefined) return [];
    return [...newestAges].flatMap(([view, ageSeconds]): readonly Late[] => {
      const promisedSeconds = freshnessOf(view, features, service);
      return ageSeconds > promisedSeconds ? [{ spec, view, ageSeconds, promisedSeconds }] : [];
    });
  });
}

function staleText({ view, ageSeconds, promisedSeconds }: Late): string {
  const past = ageSeconds > 2 * promisedSeconds ? 'The fallback answers.' : `Past ${words(2 * promisedSeconds)} the fallback answers.`;
  return `the newest row of view ${view} is ${words(ageSeconds)} old; ${words(promisedSeconds)} were promised. ${past}`;
}

function factOf({ spec, view, ageSeconds, promisedSeconds }: Late, kind: string, text: string): AuditFact {
  const data = { view, ageSeconds, promisedSeconds, owner: spec.owner };
  return { eventTime: null, source: 'proxy', tenant: spec.tenant, model: spec.name, kind, text, record: null, data };
}

/** `90 s`, `15 min`, `3.5 h`, `9 d`. */
function words(seconds: number): string {
  const [size, unit] = SIZES.find(([, , below]) => seconds < below) ?? [86_400, 'd'];
  return `${Number((seconds / size).toPrecision(2))} ${unit}`;
}

/** Seconds of a unit, its name, and up to where it is used. */
const SIZES: readonly (readonly [number, string, number])[] = [
  [1, 's', 120],
  [60, 'min', 7_200],
  [3_600, 'h', 172_800],
];
