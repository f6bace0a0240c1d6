import type { Condition, Lock, ModelAction, Phase, Route, Transition, VersionRef } from '../model/status.ts';
import type { ModelSpec, Slot } from '../model/types.ts';
import type { Pod } from '../serving/port.ts';
import type { GuardState } from './evidence/types.ts';

/** The state of a model's rollout: written by the controller only, rounded, and all that a restart needs (10-rollout, 2). */
export interface ModelStatus {
  readonly observedGeneration: number;
  readonly phase: Phase;
  readonly stable: (VersionRef & { readonly slot: Slot }) | null;
  readonly attempt: Attempt | null;
  /** Written before the route: what the gateway shall have. */
  readonly intent: Intent | null;
  /** When the gateway was last seen with the intent; null: not yet. */
  readonly observed: { readonly verifiedAt: string } | null;
  readonly conditions: readonly Condition[];
  readonly locks: readonly Lock[];
  /** Former stable versions, newest first, as many as the plan's rollback window. */
  readonly former: readonly VersionRef[];
  readonly nextAttempt: number;
  /** The last action that was carried out or refused: a restart between that and its answer must not do it twice. */
  readonly lastAction?: { readonly name: string; readonly result: 'Done' | 'Refused' | 'Stale'; readonly message: string };
  /** The last 50 transitions, oldest first. */
  readonly history: readonly Transition[];
}

export interface Intent {
  readonly route: Route;
  readonly hash: string;
  readonly writtenAt: string;
}

export interface Attempt {
  /** `<model>-<number>`. */
  readonly id: string;
  readonly number: number;
  readonly candidate: VersionRef & { readonly slot: Slot };
  readonly startedAt: string;
  readonly phaseEnteredAt: string;
  readonly step: StepState;
  readonly guards: readonly GuardState[];
  /** End of the last block that evidence was counted to. */
  readonly countedUntil: string | null;
  readonly approvals: readonly string[];
  readonly pausedAt: string | null;
  /** Why it leaves, once that is decided: recorded before anything moves. */
  readonly outcome: Outcome | null;
  readonly bundle: string | null;
}

export interface StepState {
  readonly index: number;
  /** Of the step list: an edit restarts at step 0. */
  readonly hash: string;
  readonly enteredAt: string;
  /** Time spent Held in this step: not part of the dwell. */
  readonly heldSeconds: number;
  readonly heldSince: string | null;
  /** Candidate requests counted in this step. */
  readonly samples: number;
  /** Epoch of the controller that began the step anew after an outage: each one does so once. */
  readonly resumedBy?: number;
}

export interface Outcome {
  readonly to: 'Locked' | 'Failed' | 'Superseded' | 'RolledBack' | 'Rejected';
  readonly reason: string;
  readonly message: string;
  /** When the evidence was complete. */
  readonly evidenceAt: string;
}

/** Cumulative counters of one version since its process began; a fall is a reset. */
export interface Counters {
  readonly requests: number;
  readonly error: number;
  readonly rejected: number;
  readonly slow: number;
}

/** Counters of both arms at one instant, milliseconds since 1970. Mirrored copies count under `shadow`. */
export interface Reading {
  readonly at: number;
  readonly stable: Counters;
  readonly candidate: Counters;
  readonly shadow: Counters;
}

export type GateResult =
  | { readonly type: string; readonly state: 'pending' }
  | { readonly type: string; readonly state: 'passed'; readonly message: string }
  | { readonly type: string; readonly state: 'failed'; readonly message: string };

/** Everything that a decision is made from: plain data, read fresh. */
export interface World {
  readonly spec: ModelSpec;
  readonly generation: number;
  readonly status: ModelStatus | null;
  readonly actions: readonly ModelAction[];
  /** What the registry says of the version that the spec names; null: unknown there. */
  readonly target: VersionRef | null;
  /** What the gateway has; null: nothing yet. */
  readonly route: Route | null;
  readonly pods: readonly Pod[];
  /** Since `countedUntil`, oldest first. */
  readonly readings: readonly Reading[];
  readonly gates: readonly GateResult[];
  readonly bundle: 'none' | 'running' | 'done' | 'failed';
  readonly epoch: number;
  /** Where this model's range of hash buckets starts, 0..9,999: `bucketOf(hash, key)`. */
  readonly start: number;
  /** Where the registry's aliases point, by name. */
  readonly aliases: Readonly<Record<string, string>>;
  /** True when a forward move was already made in this tick: there is one at most. */
  readonly moved: boolean;
  /** True when the gateway refused a route in this tick: the next tick tries again, and guards go on meanwhile. */
  readonly routeFailed: boolean;
  /** True in the first tick after a start: only rollback and re-assertion of the intent. */
  readonly firstTick: boolean;
}

/** One write, or none. `reason` is a CamelCase word, `message` a sentence for a person. */
export type Decision = { readonly reason: string; readonly message: string } & (
  | { readonly kind: 'Wait' }
  | { readonly kind: 'WriteStatus'; readonly status: ModelStatus }
  /** As WriteStatus, with a new intent in it: always before the route. */
  | { readonly kind: 'WriteIntent'; readonly status: ModelStatus }
  | { readonly kind: 'WriteRoute'; readonly route: Route }
  /** Puts a version into a slot, or takes it out (`Delete`). */
  | { readonly kind: 'Apply'; readonly slot: Slot; readonly version: VersionRef }
  | { readonly kind: 'Delete'; readonly slot: Slot }
  | { readonly kind: 'StartGates'; readonly version: VersionRef; readonly stage: 'static' | 'running' }
  | { readonly kind: 'StartBundle'; readonly attempt: string }
  | { readonly kind: 'MoveAlias'; readonly alias: string; readonly version: string }
  | { readonly kind: 'AnswerAction'; readonly name: string; readonly result: 'Done' | 'Refused' | 'Stale' }
);
