/** How good probabilities are, on rows that the model was not trained on. */
export interface Evaluation {
  readonly rows: number;
  readonly auc: number;
  readonly brier: number;
  readonly logLoss: number;
  /** Mean gap between promised and realised share over 20 bins of equal size. */
  readonly ece: number;
  readonly baseRate: number;
}

export function evaluate(score: Float32Array, late: Uint8Array): Evaluation {
  const rows = score.length;
  let brier = 0;
  let loss = 0;
  let positives = 0;
  for (let row = 0; row < rows; row++) {
    const p = Math.min(Math.max(score[row] ?? 0, 1e-7), 1 - 1e-7);
    const y = late[row] ?? 0;
    positives += y;
    brier += (p - y) ** 2;
    loss -= Math.log(y === 1 ? p : 1 - p);
  }
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => (score[a] ?? 0) - (score[b] ?? 0));
  return {
    rows,
    auc: aucOfOrder(order, score, late, positives),
    brier: brier / rows,
    logLoss: loss / rows,
    ece: calibrationError(order, score, late),
    baseRate: positives / rows,
  };
}

/** Mann-Whitney with mid-ranks for ties; NaN when one class is absent. */
function aucOfOrder(order: Uint32Array, score: Float32Array, late: Uint8Array, positives: number): number {
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tiedPositives = 0;
    const value = score[order[from] ?? 0];
    while (to < order.length && score[order[to] ?? 0] === value) tiedPositives += late[order[to++] ?? 0] ?? 0;
    ranks += tiedPositives * ((from + 1 + to) / 2);
    from = to;
  }
  const negatives = order.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function calibrationError(order: Uint32Array, score: Float32Array, late: Uint8Array): number {
  const bins = 20;
  let gap = 0;
  for (let bin = 0; bin < bins; bin++) {
    const rows = order.subarray(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    const promised = rows.reduce((sum, row) => sum + (score[row] ?? 0), 0);
    const realised = rows.reduce((sum, row) => sum + (late[row] ?? 0), 0);
    gap += Math.abs(promised - realised);
  }
  return gap / order.length;
}
