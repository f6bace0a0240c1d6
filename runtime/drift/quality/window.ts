import type { FieldSpec } from '../../model/types.ts';
import type { JudgeInput, WindowCounts } from '../judge-types.ts';
import { expected } from '../policy/expected.ts';
import { judgedRows } from '../policy/judged-counts.ts';
import { checkFrozen, type FrozenState } from '../staleness.ts';
import type { FeatureReference, QualityResult } from '../types.ts';
import { HOUR } from '../windows.ts';
import { byMarks, MARKS } from './checks.ts';
import { checkFeature } from './features.ts';
import { checkVolume } from './volume.ts';
import { checkZone } from './zone.ts';

export interface WindowQuality {
  readonly results: readonly QualityResult[];
  /** Which features rest in one bin, for the next window. */
  readonly frozen: Readonly<Record<string, FrozenState>>;
}

/** Data quality of a window, before drift: a hard fail drops what it concerns from drift (20-drift, 10). */
export function checkWindow(input: JudgeInput): WindowQuality {
  const own = input.counts[0];
  if (own === undefined) throw new Error('a judgement needs a window');
  const results: QualityResult[] = [...checkModel(input, own)];
  const frozen: Record<string, FrozenState> = {};
  for (const [index, feature] of input.reference.features.entries()) {
    if (feature.role === 'label') continue;
    results.push(...checkFeature(windowOf(input, own, index, feature)));
    if (feature.role !== 'input' || feature.kind !== 'numeric') continue;
    const usual = expected(feature, own.slots, own.window.seconds).counts;
    const sql = input.sql(feature.name, own.window);
    const checked = checkFrozen(feature, own.features[index] ?? [], own.n, usual, input.history.frozen[feature.name], {
      ambient: ambient(input, feature.name),
      sql,
    });
    if (checked.result !== null) results.push(checked.result);
    if (checked.state !== undefined) frozen[feature.name] = checked.state;
  }
  return { results, frozen: own.window.seconds === HOUR ? frozen : input.history.frozen };
}

function checkModel(input: JudgeInput, own: WindowCounts): readonly QualityResult[] {
  const late = byMarks('timestamps', null, { count: own.late, n: own.n, what: 'arrived after their hour had closed' }, MARKS.late, null);
  const seen = own.n + input.decodeErrors;
  const decode = byMarks('decode', null, { count: input.decodeErrors, n: seen, what: 'could not be decoded' }, MARKS.types, null);
  const volume =
    input.whole && own.window.seconds === HOUR ? [checkVolume(input.modelRecords, input.slot, input.reference.volume[input.slot], null)] : [];
  return [late, decode, ...volume, ...checkZone(input, own.n)];
}

function windowOf(input: JudgeInput, own: WindowCounts, index: number, feature: FeatureReference): Parameters<typeof checkFeature>[0] {
  const field: FieldSpec | undefined = [...input.spec.inputs, ...input.spec.outputs].find(({ name }) => name === feature.name);
  return {
    feature,
    field,
    counts: own.features[index] ?? new Float64Array(0),
    n: judgedRows(feature, own.features[index] ?? []),
    usual: expected(feature, own.slots, own.window.seconds, false),
    ambient: ambient(input, feature.name),
    maxNullShare: input.spec.drift.maxNullShare[feature.name] ?? null,
    sql: input.sql(feature.name, own.window),
  };
}

function ambient({ spec }: JudgeInput, feature: string): boolean {
  return spec.drift.ambient?.includes(feature) === true;
}
