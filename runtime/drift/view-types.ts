import type { AlarmStateName, Level, QualityResult } from './types.ts';

/** What the page and the command line show of one model's data and predictions. */
export interface DriftView {
  readonly reference: { readonly version: string; readonly rows: number };
  /** Starts of the hourly windows shown, epoch milliseconds, oldest first, at most 72. */
  readonly windows: readonly number[];
  readonly features: readonly {
    readonly name: string;
    readonly weight: number;
    readonly state: AlarmStateName;
    /** By window; null: not judged. */
    readonly cells: readonly ({ readonly level: Level; readonly psi: number | null; readonly n: number; readonly cause: string | null } | null)[];
  }[];
  readonly quality: readonly QualityResult[];
  /** By window: estimated and realised AUC and accuracy. */
  readonly performance: readonly {
    readonly at: number;
    readonly kind: 'estimated' | 'realised';
    readonly auc: number | null;
    readonly aucSe: number | null;
    readonly accuracy: number | null;
    readonly labelled: number;
    readonly mature: boolean;
  }[];
  readonly referenceAuc: number | null;
  /** What the responder last concluded, in its own words. */
  readonly conclusion: string | null;
  /** Path of the latest report, below the server's root. */
  readonly report: string | null;
}

/** One verdict in full: reference against current bars, for a click on a cell (`GET /api/verdict?model=&feature=&window=`). */
export interface VerdictDetail {
  readonly feature: string;
  readonly level: Level;
  readonly text: string;
  readonly n: number;
  readonly m: number;
  readonly psiCorrected: number | null;
  readonly ci: readonly [number, number] | null;
  readonly bars: readonly { readonly bin: string; readonly reference: number; readonly current: number; readonly share: number }[];
  readonly sql: string;
}
