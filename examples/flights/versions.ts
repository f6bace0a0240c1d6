import type { TrainingData } from './data.ts';
import { loseLastAirports } from './defect.ts';
import { type AirportRates, COLUMNS } from './encode.ts';
import { TREE_RULES, trainTrees } from './gbt.ts';
import { rowsOfOneAirport, spreadRows } from './golden.ts';
import { predictLogistic, trainLogistic } from './logistic.ts';
import { logisticToOnnx } from './onnx-logistic.ts';
import { treesToOnnx } from './onnx-trees.ts';
import { predictTrees } from './trees.ts';

/** A trained version, before it is written down. */
export interface Trained {
  readonly version: string;
  readonly onnx: Uint8Array;
  /** What the model said of the hold-out, computed in training. */
  readonly scores: Float32Array;
  /** Importance by input, summing to 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Rows of the hold-out that its golden set records. */
  readonly goldenRows: Int32Array;
  /** Whether the exported file is compared with the trained model on many rows, as a careful pipeline does. */
  readonly checked: boolean;
}

/** Progress from 0 to 1 of one step. */
export type OnProgress = (step: string, share: number) => void;

/** Version 1: the logistic model. */
export function trainVersion1({ sample, holdout, rates, encoded }: TrainingData): Trained {
  const model = trainLogistic(encoded.sample, sample.late);
  return {
    version: '1',
    onnx: logisticToOnnx(model, sample.airports, rates),
    scores: predictLogistic(model, encoded.holdout),
    weights: byName(model.importance),
    parameters: { kind: 'logistic' },
    goldenRows: spreadRows(holdout),
    checked: true,
  };
}

/** Version 2, the boosted trees, and version 3: the same trees through an export that lost the end of its tables and looked at one airport only. */
export function trainVersions2And3(data: TrainingData, onProgress: OnProgress): readonly [Trained, Trained] {
  const { sample, holdout, encoded } = data;
  const model = trainTrees(encoded.sample, sample.late, (trees) => onProgress('trees', trees / TREE_RULES.trees));
  const onnx = (rates: AirportRates) => treesToOnnx(model, sample.airports, rates);
  const common = { scores: predictTrees(model, encoded.holdout), weights: byName(model.gain), parameters: { kind: 'trees', ...TREE_RULES } };
  return [
    { ...common, version: '2', onnx: onnx(data.rates), goldenRows: spreadRows(holdout), checked: true },
    { ...common, version: '3', onnx: onnx(loseLastAirports(data.rates, sample)), goldenRows: rowsOfOneAirport(holdout), checked: false },
  ];
}

function byName(shares: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(COLUMNS.map((name, at) => [name, shares[at] ?? 0]));
}
