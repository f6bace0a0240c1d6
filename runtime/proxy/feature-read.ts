import { messageOf } from '../errors.ts';
import type { FeatureService } from '../features/catalogue.ts';
import type { FeatureAnswer, FeatureRequest, FeatureStore, ViewAnswer } from '../features/port.ts';
import type { Datatype, FeaturesSpec, FieldSpec, ModelKey } from '../model/types.ts';

/** Where the gateway reads features. */
export interface FeatureSource {
  readonly store: FeatureStore;
  /** What the service of a model is now; null while no catalogue has it. */
  readonly service: (model: ModelKey) => FeatureService | null;
}

/**
 * Why no version was asked: the store was `late` or `down`, it has no row and the model file says `missing: fallback` (or no null fits into the
 * tensor), or a view is `stale`: its newest row is older than twice what was promised.
 */
export type Unread = 'late' | 'down' | 'missing' | 'stale';

export type FeatureOutcome =
  | { readonly kind: 'read'; readonly answer: FeatureAnswer }
  | {
      readonly kind: 'unread';
      readonly why: Unread;
      readonly problem: string /** What came although it is not used. */;
      readonly answer: FeatureAnswer | null;
    };

/** What one read needs besides the store. */
export interface Asked {
  readonly spec: FeaturesSpec;
  /** Those inputs of the model that are read. */
  readonly fields: readonly FieldSpec[];
  readonly service: FeatureService;
  readonly keys: FeatureRequest['keys'];
  readonly rows: number;
  /** Epoch milliseconds of event time. */
  readonly time: number;
  /** Never 0: time that is left. */
  readonly timeoutMs: number;
}

/** Reads the features of one request in the time that there is. Never rejects. */
export async function readFeatures(store: FeatureStore, asked: Asked): Promise<FeatureOutcome> {
  const { service, keys, time, spec } = asked;
  const abort = new AbortController();
  const timer = Promise.withResolvers<'late'>();
  const timeout = setTimeout(() => timer.resolve('late'), asked.timeoutMs);
  try {
    const answer = await Promise.race([store.read({ service, keys, time }, abort.signal), timer.promise]);
    if (answer !== 'late') return judged(asked, answer);
    abort.abort();
    return unread('late', `the features of ${spec.service} did not come within ${Math.round(asked.timeoutMs * 10) / 10} ms`, null);
  } catch (error) {
    return unread('down', `the features of ${spec.service} cannot be read: ${messageOf(error)}`, null);
  } finally {
    clearTimeout(timeout);
  }
}

function judged({ spec, fields, service, rows }: Asked, answer: FeatureAnswer): FeatureOutcome {
  const lacking = fields.find(({ name }) => answer.columns[name]?.length !== rows);
  if (lacking !== undefined) return unread('down', `the store gave no ${rows} values of "${lacking.name}"`, null);
  const stale = answer.views.find((view) => isStale(view, spec, service));
  if (stale !== undefined) {
    return unread(
      'stale',
      `the newest row of view "${stale.view}" is ${Math.round(stale.newestAge ?? 0)} s old, more than twice what was promised`,
      answer,
    );
  }
  const without = answer.views.find(({ ages }) => ages.includes(null));
  if (without !== undefined && spec.missing === 'fallback') {
    return unread(
      'missing',
      `view "${without.view}" has no row of ${service.views.find(({ name }) => name === without.view)?.key ?? 'the key'}`,
      answer,
    );
  }
  const nullless = fields.find(({ name, datatype }) => !hasNull(datatype) && answer.columns[name]?.includes(null) === true);
  if (nullless === undefined) return { kind: 'read', answer };
  return unread('missing', `feature "${nullless.name}" has no value, and no ${nullless.datatype} tensor can say so`, answer);
}

/** Greatest age of the view's newest row before its readers are told, seconds. */
export function freshnessOf(view: string, spec: FeaturesSpec, service: FeatureService): number {
  return spec.freshnessSeconds ?? service.views.find(({ name }) => name === view)?.freshnessSeconds ?? Number.POSITIVE_INFINITY;
}

function isStale({ view, newestAge }: ViewAnswer, spec: FeaturesSpec, service: FeatureService): boolean {
  return newestAge !== null && newestAge > 2 * freshnessOf(view, spec, service);
}

/** NaN, or the empty text. */
const hasNull = (datatype: Datatype): boolean => datatype === 'FP32' || datatype === 'FP64' || datatype === 'BYTES';

function unread(why: Unread, problem: string, answer: FeatureAnswer | null): FeatureOutcome {
  return { kind: 'unread', why, problem, answer };
}
