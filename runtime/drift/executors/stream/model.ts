import type { PredictionEvent, Value } from '../../../telemetry/events.ts';
import { type Binner, binCount, compileFeature } from '../../bins.ts';
import { compileLookup } from '../../lookup.ts';
import { CAL_SIZE, calIndex, NO_LABEL } from '../../profile/row.ts';
import { referenceId } from '../../reference/codec.ts';
import type { Reference, ScoreReference } from '../../types.ts';
import { numericValue, TYPE_ERROR } from '../../values.ts';

/** The counts of one row while it grows: all features and `cal` in one array, because a row costs one allocation then. */
export interface GrowingRow {
  n: number;
  late: number;
  readonly counts: Uint32Array;
}

/** A reference made ready to count events by. */
export interface CompiledModel {
  readonly reference: string;
  newRow(): GrowingRow;
  /** Adds the event to the row; allocates nothing. */
  count(event: PredictionEvent, row: GrowingRow): void;
  /** The counts by feature, and `cal`. */
  split(counts: Uint32Array): { readonly features: Float64Array[]; readonly cal: Float64Array };
}

interface Column {
  readonly name: string;
  readonly binner: Binner;
  readonly at: number;
  readonly output: boolean;
}

export function compileModel(reference: Reference): CompiledModel {
  const columns: Column[] = [];
  let size = 0;
  for (const feature of reference.features) {
    columns.push({ name: feature.name, binner: compileFeature(feature), at: size, output: feature.role === 'output' });
    size += binCount(feature);
  }
  const calAt = size;
  const calSlot = reference.score === null ? null : compileScore(reference, reference.score);
  if (calSlot !== null) size += CAL_SIZE;
  return {
    reference: referenceId(reference),
    newRow: () => ({ n: 0, late: 0, counts: new Uint32Array(size) }),
    count(event, row) {
      const answered = event.status === 200;
      const { counts } = row;
      row.n += 1;
      countColumns(columns, event, answered, counts);
      const slot = answered && calSlot !== null ? calSlot(event.outputs) : -1;
      if (slot >= 0) counts[calAt + slot] = (counts[calAt + slot] ?? 0) + 1;
    },
    split: (counts) => ({
      features: columns.map(({ at, binner }) => Float64Array.from(counts.subarray(at, at + binner.bins))),
      cal: Float64Array.from(counts.subarray(calAt)),
    }),
  };
}

/**
 * Inputs count whatever became of the request: they are what came in, and a rejected row's type errors must be seen. Outputs count only
 * when the model answered; else they are null, for a fallback's value is not the model's, and every feature's bins still sum to n.
 */
function countColumns(columns: readonly Column[], event: PredictionEvent, answered: boolean, counts: Uint32Array): void {
  const { features, outputs, typeErrors } = event;
  const clean = typeErrors.length === 0;
  for (const { name, binner, at, output } of columns) {
    const value = output ? (answered ? outputs[name] : null) : features[name];
    const bin = at + binner.bin(value, !clean && typeErrors.includes(name));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}

/** Index into `cal` of an answer without label; -1 for an answer without a usable score. */
function compileScore(reference: Reference, score: ScoreReference): (outputs: Readonly<Record<string, Value>>) => number {
  const field = reference.features.find((feature) => feature.name === score.output);
  const float32 = field?.kind === 'numeric' && field.dtype === 'float32';
  const scoreBin = compileLookup(score.edges);
  return (outputs) => {
    const value = numericValue(outputs[score.output]);
    if (value === null || value === TYPE_ERROR || Number.isNaN(value)) return -1;
    const exact = float32 ? Math.fround(value) : value;
    return calIndex(scoreBin(exact), exact >= score.threshold ? 1 : 0, NO_LABEL);
  };
}
