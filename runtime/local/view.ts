import type { AlarmStateName, Level, QualityResult } from '../drift/types.ts';
import type { Condition, Lock, Phase, Transition } from '../model/status.ts';
import type { AuditEvent } from '../telemetry/events.ts';

/**
 * What the page and `weir … --json` show: `GET /api/view` answers it whole, `GET /api/stream` (server-sent events) sends `view`
 * whenever it changed, at most twice a second, `sample` once a second and `audit` for each new line. Times are epoch milliseconds.
 */
export interface View {
  /** Wall time of this view. */
  readonly at: number;
  /** The replay's clock; null before the first request. */
  readonly eventTime: number | null;
  /** One sentence in words: is anything wrong, what did Weir do, must I act? */
  readonly sentence: { readonly level: 'ok' | 'attention' | 'alarm'; readonly text: string };
  readonly models: readonly ModelView[];
  readonly injections: readonly InjectionView[];
  /** The newest first, at most 200. */
  readonly timeline: readonly AuditEvent[];
}

export interface ModelView {
  readonly key: string;
  readonly owner: string;
  readonly phase: Phase;
  readonly stableVersion: string | null;
  readonly candidateVersion: string | null;
  /** Candidate's share of requests, 0..1, as the route says. */
  readonly weight: number;
  readonly mirrorPercent: number;
  /** The line of phases: done, present, to come; `detail` such as `5 %`. */
  readonly line: readonly { readonly name: string; readonly state: 'done' | 'now' | 'next' | 'failed'; readonly detail: string }[];
  readonly conditions: readonly Condition[];
  readonly locks: readonly Lock[];
  readonly guards: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly logE: number;
    readonly logThreshold: number;
    readonly ratio: readonly [number, number] | null;
    readonly shown: boolean;
    readonly message: string;
  }[];
  readonly history: readonly Transition[];
  /** The last ten minutes, one a second, oldest first. */
  readonly samples: readonly Sample[];
  readonly drift: DriftView | null;
}

export interface Sample {
  readonly at: number;
  /** Requests in this second by arm, and how they ended. Percentiles in milliseconds, null without requests. */
  readonly stable: ArmSample;
  readonly candidate: ArmSample;
  readonly weight: number;
}

export interface ArmSample {
  readonly requests: number;
  readonly errors: number;
  readonly fallbacks: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

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

/** `GET /api/verdict?model=&feature=&window=` answers this: reference against current bars, for a click on a cell. */
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

export interface InjectionView {
  readonly name: InjectionName;
  readonly active: boolean;
  readonly text: string;
}

/** `POST /api/inject {name, active}` and `POST /api/action {model, action, reason}` are the page's only writes; both check Origin and Host. */
export type InjectionName = 'km' | 'utc-hour' | 'nulls' | 'slow' | 'errors' | 'stale' | 'stop-traffic';
