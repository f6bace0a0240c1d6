import { parseDuration } from '../duration.ts';
import type { FileDwell, FileRollout, FileStep } from '../file.ts';
import type { Step } from '../plan.ts';
import { expandRollout, type RolloutOverrides } from '../presets.ts';
import type { ModelSpec } from '../types.ts';

/** What `rollout:` gives when the file does not speak of it. */
const DEFAULT_PRESET = 'standard';

/** The whole plan of a file's `rollout:`. Its durations and steps were checked before. Throws ArgsError for a plan that cannot be. */
export function readRollout(rollout: string | FileRollout | undefined, slo: ModelSpec['slo']): ModelSpec['rollout'] {
  if (rollout === undefined || typeof rollout === 'string') return expandRollout(rollout ?? DEFAULT_PRESET, {}, slo);
  const preset = rollout.preset ?? DEFAULT_PRESET;
  const base = expandRollout(preset, {}, slo);
  return expandRollout(preset, overridesOf(rollout, base.steps), slo);
}

function overridesOf(rollout: FileRollout, base: readonly Step[]): RolloutOverrides {
  const { suspend, steps, bake, analysis, gates, progressDeadline, stickiness } = rollout;
  return given({
    suspend,
    steps: steps?.map((step) => readStep(step, base)),
    bake: bake && given({ durationSeconds: seconds(bake.duration), controlMirror: bake.controlMirror }),
    analysis: analysis && analysisOf(analysis),
    gates: gates?.map((gate) => ({ ...gate, onFail: gate.onFail ?? 'Reject' })),
    progressDeadlineSeconds: seconds(progressDeadline),
    stickiness,
  });
}

function analysisOf({ maxNoData, ...rest }: NonNullable<FileRollout['analysis']>): NonNullable<RolloutOverrides['analysis']> {
  return given({ ...rest, maxNoDataSeconds: seconds(maxNoData) });
}

/** A step of the file over the step of the preset that is most like it. */
function readStep(step: FileStep, base: readonly Step[]): Step {
  if ('approve' in step) return { kind: 'approve', by: step.approve.by };
  if ('shadow' in step) {
    const like = base.find((known) => known.kind === 'shadow');
    if (like === undefined) throw new Error('this preset has no shadow step to take defaults from');
    return { ...like, ...given({ percent: step.shadow.percent }), ...dwellOf(step.shadow) };
  }
  const weight = Math.round(step.weight * 100);
  return { ...nearestWeight(base, weight), weight, ...given({ margin: step.margin }), ...dwellOf(step) };
}

type WeightStep = Extract<Step, { kind: 'weight' }>;

/** A larger weight gathers evidence faster, so that dwell, samples and margin belong to a weight: the nearest by ratio is taken. */
function nearestWeight(base: readonly Step[], weight: number): WeightStep {
  const distance = (step: WeightStep): number => Math.abs(Math.log(step.weight / weight));
  const weights = base.filter((step) => step.kind === 'weight');
  return weights.reduce((best, step) => (distance(step) < distance(best) ? step : best)); // every preset has weights
}

type Dwell = Pick<WeightStep, 'minSamples' | 'minDwellSeconds' | 'maxDwellSeconds' | 'onMaxDwell'>;

function dwellOf({ minSamples, minDwell, maxDwell, onMaxDwell }: FileDwell): Partial<Dwell> {
  return given({ minSamples, minDwellSeconds: seconds(minDwell), maxDwellSeconds: seconds(maxDwell), onMaxDwell });
}

const seconds = (duration: string | undefined): number | undefined => (duration === undefined ? undefined : (parseDuration(duration) ?? undefined));

type Given<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** Only the fields that are there: a spread of an undefined one would erase the preset's. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the filter is what makes the type true
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}
