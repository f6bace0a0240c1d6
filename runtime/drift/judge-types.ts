import type { ModelSpec } from '../model/types.ts';
import type { Calibration } from './cbpe.ts';
import type { AlarmState, AlarmTransition } from './policy/alarms.ts';
import type { SlotCount } from './policy/expected.ts';
import type { FrozenState } from './staleness.ts';
import type { Coverage, DriftVerdict, Performance, QualityResult, Reference } from './types.ts';
import type { Window } from './windows.ts';

/** The counts of one window of one version: its minutes summed. */
export interface WindowCounts {
  readonly window: Window;
  readonly n: number;
  readonly late: number;
  /** By feature, in the order of the reference. */
  readonly features: readonly Float64Array[];
  readonly cal: Float64Array;
  /** Rows by hour of the window, for the mixture of reference slots. */
  readonly slots: readonly SlotCount[];
}

/** Everything that a window's judgement depends on: plain data, no clock. */
export interface JudgeInput {
  readonly spec: Pick<ModelSpec, 'tenant' | 'name' | 'inputs' | 'outputs' | 'drift'>;
  readonly version: string;
  readonly reference: Reference;
  readonly referenceId: string;
  readonly window: Window;
  /** The window itself first, then what it may be widened to, smallest first. */
  readonly counts: readonly WindowCounts[];
  /** Rows of the window over all versions that answered callers: volume is the model's, not a version's. */
  readonly modelRecords: number;
  readonly decodeErrors: number;
  /** False for an hour with a silence in it, such as the first one or one with an outage: its volume says nothing, freshness does. */
  readonly whole: boolean;
  /** Offsets that no profile covers: nothing can be said. */
  readonly gap: boolean;
  readonly coverage: readonly Coverage[];
  /** The slot's name in the reference's zone. */
  readonly slot: string;
  /** What estimates are made with, and where it comes from. */
  readonly calibration: { readonly from: 'reference' | 'matured'; readonly outcomes: Calibration } | null;
  /** The statement that counts this feature of this window again, by name. */
  readonly sql: (feature: string, window: Window) => string;
  readonly history: History;
}

/** What later windows must know of earlier ones. Stored with each window, so that judging one again gives the same. */
export interface History {
  /** By `drift/<feature>`, `quality/<check>/<feature>`, `upstream/_model`. */
  readonly alarms: Readonly<Record<string, AlarmState>>;
  readonly frozen: Readonly<Record<string, FrozenState>>;
}

export const NO_HISTORY: History = { alarms: {}, frozen: {} };

export interface JudgeResult {
  readonly verdicts: readonly DriftVerdict[];
  readonly quality: readonly QualityResult[];
  /** Estimated at once from the scores; null for a model without a score or a window without predictions. */
  readonly performance: Performance | null;
  readonly transitions: readonly AlarmTransition[];
  readonly history: History;
}
