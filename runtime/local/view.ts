import type { DriftView } from '../drift/view-types.ts';
import type { Condition, Lock, Phase, Transition } from '../model/status.ts';
import type { AuditEvent } from '../telemetry/events.ts';
import type { Sample } from '../telemetry/samples.ts';

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

export interface InjectionView {
  readonly name: InjectionName;
  readonly active: boolean;
  readonly text: string;
}

/** `POST /api/inject {name, active}` and `POST /api/action {model, action, reason}` are the page's only writes; both check Origin and Host. */
export type InjectionName = 'km' | 'utc-hour' | 'nulls' | 'slow' | 'errors' | 'stale' | 'stop-traffic' | 'slow-features';
