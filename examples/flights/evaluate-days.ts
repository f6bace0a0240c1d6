import type { Frame } from './frame.ts';
import { evaluate } from './metrics.ts';

const DAY_MS = 86_400_000;

/**
 * Hold-out figures as the registry keeps them. The AUC of all rows together is higher than that of a typical day, because it also earns
 * from telling bad days from good ones; so days are kept beside it, with their spread, for whoever compares a day with training.
 */
export function evaluateByDay(frame: Frame, scores: Float32Array): Readonly<Record<string, number>> {
  const whole = evaluate(scores, frame.late);
  const days = daysOf(frame).map(([from, to]) => evaluate(scores.subarray(from, to), frame.late.subarray(from, to)).auc);
  const mean = days.reduce((sum, auc) => sum + auc, 0) / days.length;
  const variance = days.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / (days.length - 1);
  return {
    rows: whole.rows,
    base_rate: whole.baseRate,
    auc: whole.auc,
    auc_day_mean: mean,
    auc_day_sd: Math.sqrt(variance),
    brier: whole.brier,
    log_loss: whole.logLoss,
    ece: whole.ece,
  };
}

/** Ranges of rows, one per day; the frame is in order of event time. */
function daysOf(frame: Frame): readonly (readonly [number, number])[] {
  const days: [number, number][] = [];
  for (const [row, time] of frame.eventTime.entries()) {
    const last = days.at(-1);
    if (last !== undefined && Math.floor(time / DAY_MS) === Math.floor((frame.eventTime[row - 1] ?? 0) / DAY_MS)) last[1] = row + 1;
    else days.push([row, row + 1]);
  }
  return days;
}
