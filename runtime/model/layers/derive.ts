import type { FeatureService } from '../../features/catalogue.ts';
import { durationText, parseDuration } from '../duration.ts';
import type { FileLabel, ModelFile } from '../model-file.ts';
import type { Path } from '../read/locate.ts';
import type { EffectiveTenant } from '../tenant-file.ts';
import { completeFields, isNormal, OPEN, privacyOf } from './fields.ts';
import type { Tree } from './tree.ts';

/** A value that nobody gave and that follows from others. */
export interface Derived {
  readonly path: Path;
  readonly value: Tree;
  /** What it follows from: `serving.latency`. */
  readonly from: string;
  /** It stands over what lower layers say. */
  readonly over?: true;
}

/** A value at its path, as a tree of its own. */
export const nested = ({ path, value }: Pick<Derived, 'path' | 'value'>): Tree =>
  path.reduceRight<Tree>((below, key) => ({ [String(key)]: below }), value);

/** What a rule reads beside the merged layers. */
export interface Around {
  readonly tenant: EffectiveTenant | null;
  readonly service: FeatureService | null;
  /** Whether the model file itself gives this many replicas. */
  readonly chosen: (key: 'min' | 'max') => boolean;
}

type Rule = (model: ModelFile, around: Around) => readonly Derived[];

const is = (path: string, value: Tree, from: string): readonly Derived[] => [{ path: path.split('.'), value, from }];

const LONGEST_OBJECTIVE = 60; // seconds: the schema's limit
const LONGEST_START = 7 * 86_400; // seconds: nothing loads for days
const READ_TIMEOUT = 1; // seconds, where no caller waits
const MOST_REQUESTS = 1_000_000; // a second: the schema's limit

/** One for each field; what is given already is never touched. A rule sees what those above it gave. The layers are in normal form. */
export const RULES: readonly Rule[] = [
  ({ model }) => is('registry.model', model, 'model'),
  ({ model }) => is('route.path', `/v2/models/${model}`, 'model'),
  ({ serving }) => (serving?.engine === 'vllm' ? is('llm', {}, 'serving.engine') : []),
  ({ pattern }) => (pattern === 'async' ? is('async', {}, 'pattern') : []),
  ({ serving }) => ((serving?.engine ?? 'triton') === 'triton' ? is('serving.backend', 'onnxruntime', 'serving.engine') : []),
  ({ serving }) => is('serving.mode', serving?.gpu === 'fraction' ? 'shared' : 'dedicated', 'serving.gpu'),
  ({ serving }) => (serving?.mode === 'shared' ? is('serving.pool', 'default', 'serving.mode') : []),
  gpus,
  replicas,
  ({ serving }) => is('slo.latency.seconds', Math.min(secondsOf(serving?.latency) || LONGEST_OBJECTIVE, LONGEST_OBJECTIVE), latencyWord(serving)),
  ({ features, serving }) => (features === undefined ? [] : is('features.timeout', aFifth(serving?.latency), latencyWord(serving))),
  score,
  ({ traffic }) => (traffic === undefined ? [] : is('traffic.peak', Math.min(3 * traffic.usual, MOST_REQUESTS), 'traffic.usual')),
  ({ retraining }) => (retraining === undefined ? is('drift.responses.harm', 'page', 'the absence of retraining') : []),
  ({ batch }) => (batch === undefined ? [] : is('drift.cadence', longestGap(batch.schedule), 'batch.schedule')),
  (_, { tenant }) => (tenant === null ? [] : is('cost.center', tenant.costCenter, 'costCenter of the tenant')),
  ({ serving }) =>
    is('rollout.progressDeadline', durationText(Math.min(Math.ceil(2 * (secondsOf(serving?.loadTime) ?? 0)), LONGEST_START)), 'serving.loadTime'),
  labelGate,
  catalogue,
  fields,
];

const secondsOf = (duration: string | undefined): number | null => (duration === undefined ? null : parseDuration(duration));
const latencyWord = (serving: ModelFile['serving']): string =>
  serving?.latency === undefined ? 'the absence of serving.latency' : 'serving.latency';

function gpus({ serving, llm }: ModelFile): readonly Derived[] {
  if (serving?.gpu !== 'whole') return [];
  return llm?.tensorParallel === undefined ? is('serving.gpus', 1, 'serving.gpu') : is('serving.gpus', llm.tensorParallel, 'llm.tensorParallel');
}

const DEFAULT_MOST = 4; // replicas: `serving.autoscaling.max` of the schema

/** A file that raises the fewest above the usual most, or lowers the most below the usual fewest, means what it says. */
function replicas({ serving }: ModelFile, { chosen }: Around): readonly Derived[] {
  const { min = 1, max = DEFAULT_MOST } = serving?.autoscaling ?? {};
  if (min <= max || chosen('min') === chosen('max')) return []; // a contradiction of one file is told, not mended
  const derived = chosen('min')
    ? is('serving.autoscaling.max', min, 'serving.autoscaling.min')
    : is('serving.autoscaling.min', max, 'serving.autoscaling.max');
  return derived.map((one) => ({ ...one, over: true }));
}

/** A fifth of the budget, to the microsecond; longer ones than a caller's connection are told elsewhere. */
function aFifth(latency: string | undefined): string {
  const budget = Math.min(secondsOf(latency) || 5 * READ_TIMEOUT, LONGEST_OBJECTIVE);
  return durationText(Math.max(1, Math.round((budget * 1e6) / 5)) / 1e6);
}

/** A table that is scored every night has no prediction for a day: at most this long between two starts of a schedule. */
function longestGap(schedule: string): string {
  const [, hour = '*', day = '*', month = '*', weekday = '*'] = schedule.split(' ');
  if (month !== '*') return '366d';
  if (day !== '*') return '31d';
  if (weekday !== '*') return '7d';
  return hour === '*' ? '1h' : '24h';
}

function score({ outputs }: ModelFile): readonly Derived[] {
  const probabilities = isNormal(outputs) ? Object.entries(outputs).filter(([, { kind }]) => kind === 'probability') : [];
  return probabilities.length === 1 ? is('score', probabilities[0]?.[0], 'outputs') : [];
}

const DAY = 86_400; // seconds
const LABEL_WAIT = 14 * DAY; // 10-rollout, 13
const LONGEST_WAIT = 3_650 * DAY;

/** A challenger is judged by labels where there are any: two weeks of waiting, after the first of them can be there. */
function labelGate({ rollout, labels }: ModelFile): readonly Derived[] {
  if (typeof rollout !== 'object' || rollout.preset !== 'champion-challenger' || !isLabelList(labels)) return [];
  const delay = secondsOf(labels.find(({ proxy }) => proxy !== true)?.delay);
  if (delay === null) return [];
  const wait = delay <= LABEL_WAIT ? LABEL_WAIT : Math.min(Math.ceil(delay / DAY) * DAY + LABEL_WAIT, LONGEST_WAIT);
  return is('rollout.bake.labelGate', { maxWait: durationText(wait) }, 'labels');
}

const isLabelList = (labels: ModelFile['labels']): labels is readonly FileLabel[] => Array.isArray(labels);

/** What the feature service takes and gives; nothing of it when it cannot be found, which the checks tell. */
function catalogue({ features }: ModelFile, { service }: Around): readonly Derived[] {
  if (features === undefined) return [];
  const from = 'features.service';
  return [...is('features.keys', service?.keys ?? {}, from), ...is('features.fields', service?.fields ?? {}, from)];
}

/** Inputs and features are as delicate as the tenant's data; outputs are not. */
function fields({ inputs, outputs, features }: ModelFile, { tenant, service }: Around): readonly Derived[] {
  const personal = service?.views.flatMap((view) => view.personal) ?? [];
  return [
    ...(isNormal(inputs) ? completeFields(['inputs'], inputs, privacyOf(tenant)) : []),
    ...(isNormal(features?.fields) ? completeFields(['features', 'fields'], features.fields, privacyOf(tenant, personal)) : []),
    ...(isNormal(outputs) ? completeFields(['outputs'], outputs, OPEN) : []),
  ];
}
