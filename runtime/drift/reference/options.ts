import type { FieldSpec } from '../../model/types.ts';
import type { DuckDbLimits } from '../executors/duckdb/connection.ts';
import { identifier, textLiteral } from '../executors/duckdb/literals.ts';
import type { FeatureRole } from '../types.ts';

export interface ReferenceOptions {
  /** One Parquet file: the training rows, with the event time, every field, and the score and label of the hold-out. */
  readonly parquet: string;
  readonly model: string;
  readonly version: string;
  /** Inputs and outputs. A field that is not logged in full is left out: there is nothing to compare it with. */
  readonly fields: readonly FieldSpec[];
  /** Name of a TIMESTAMP column in UTC. */
  readonly timeColumn: string;
  /** `output` is the name of the score's field and column, `label` of the truth's column (boolean or 0/1). */
  readonly score: { readonly output: string; readonly label: string } | null;
  /** Importance by input; scaled to sum to 1. Without any, all inputs weigh the same. */
  readonly weights: Readonly<Record<string, number>>;
  readonly source: { readonly uri: string; readonly sha256: string };
  /** SQL condition for the rows that calibrate the score; the score is null elsewhere. Default: rows that have a score. */
  readonly holdout?: string;
  /** Clock of the hour and day slots. Default `UTC`. */
  readonly slotZone?: string;
  readonly limits?: DuckDbLimits;
}

/** A field is an output when it is the score; whatever else is declared came in with the request. */
export function roleOf(field: FieldSpec, { score }: ReferenceOptions): FeatureRole {
  return field.name === score?.output ? 'output' : 'input';
}

/** The rows that a role is counted over, as SQL after FROM: inputs over all rows, outputs over the hold-out. */
export function rowsOf(role: FeatureRole, options: ReferenceOptions): string {
  const condition = conditionOf(role, options);
  return `read_parquet(${textLiteral(options.parquet)})${condition === null ? '' : ` WHERE ${condition}`}`;
}

export function conditionOf(role: FeatureRole, { holdout, score }: ReferenceOptions): string | null {
  if (role !== 'output' || score === null) return null;
  return holdout ?? `${identifier(score.output)} IS NOT NULL`;
}
