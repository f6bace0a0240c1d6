import type { Slot } from './types.ts';

/** Where a model stands between two versions (10-rollout, 5). */
export const PHASES = [
  'Validating',
  'Provisioning',
  'Stable',
  'Shadowing',
  'Stepping',
  'Promoting',
  'Baking',
  'RollingBack',
  'Superseding',
  'Rejected',
  'Locked',
  'Failed',
  'RolledBack',
] as const;
export type Phase = (typeof PHASES)[number];

/** A version as the registry knows it. `digest` is sha256 of the canonical manifest: the identity that locks go by. */
export interface VersionRef {
  readonly version: string;
  readonly digest: string;
}

/** Where requests go. A position that would be empty keeps weight 1 and points where its neighbour points (10-rollout, 9). */
export interface Position {
  readonly slot: Slot;
  /** Per 10,000, at least 1; the weights of a route sum to 10,000. */
  readonly weight: number;
}

/** The whole route of one model: the intent in the status and the table of the gateway have this one form. */
export interface Route {
  readonly positions: readonly Position[];
  /** Copies of a share of requests to a slot, answers dropped. */
  readonly mirror: { readonly slot: Slot; readonly percent: number } | null;
  readonly sticky: { readonly header: string } | null;
  /** What each slot serves; null: the slot is empty, and no position points at it. */
  readonly versions: { readonly a: VersionRef | null; readonly b: VersionRef | null };
  /** Which slot answers as `stable`; the other one is the candidate. */
  readonly stableSlot: Slot;
  /** Fencing: a write with a lower epoch than the route's is refused. */
  readonly epoch: number;
}

export type Verdict = 'Pass' | 'Fail' | 'Hold' | 'NoData' | 'Noisy' | 'Error';

export interface Condition {
  readonly type:
    | 'Ready'
    | 'Progressing'
    | 'GatesPassed'
    | 'CandidateAvailable'
    | 'RouteAccepted'
    | 'WeightsInSync'
    | 'AnalysisHealthy'
    | 'Held'
    | 'RolledBack'
    | 'Locked';
  readonly status: boolean;
  /** A CamelCase word: for Held one of the reasons of 10-rollout, 4. */
  readonly reason: string;
  readonly message: string;
  readonly since: string;
}

export interface Lock {
  readonly digest: string;
  readonly version: string;
  readonly reason: string;
  readonly at: string;
  readonly bundle: string | null;
}

export interface Transition {
  readonly at: string;
  readonly from: Phase | null;
  readonly to: Phase;
  readonly attempt: string | null;
  readonly reason: string;
  readonly message: string;
}

/** A request of a person or of the responder about a rollout: create-only, answered once. Times are ISO 8601 in UTC. */
export interface ModelAction {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly spec: {
    readonly tenant: string;
    readonly model: string;
    readonly action: ActionKind;
    readonly reason: string /** Unlock only. */;
    readonly digest?: string;
  };
  readonly status: { readonly result: 'Done' | 'Refused' | 'Stale'; readonly message: string; readonly at: string } | null;
}

export type ActionKind = 'Promote' | 'Abort' | 'Pause' | 'Resume' | 'Skip' | 'Retry' | 'Unlock' | 'Rollback';
