import type { EventLog } from '../../eventlog/port.ts';
import type { ModelSpec } from '../../model/types.ts';
import type { AuditEvent } from '../../telemetry/events.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Window } from '../windows.ts';
import type { ReferenceSource } from './references.ts';
import type { RollbackStore } from './responding.ts';

export interface DriftServiceOptions {
  readonly log: EventLog;
  readonly store: ProfileStore;
  /** Where the Parquet lake lies: an absolute path, because verdicts carry statements that name it. */
  readonly lakeDirectory: string;
  readonly references: ReferenceSource;
  /** Asked in every round: tenants' files change. */
  readonly specs: () => readonly ModelSpec[];
  /** Where rollbacks are asked for. Default none: harm then ends in a page. */
  readonly objects?: RollbackStore;
  /** The data's clock, milliseconds since 1970; null before the first event. It ticks on when traffic stops. */
  readonly eventNow: () => number | null;
  readonly wallNow: () => number;
  /** Milliseconds that only go forward: paces flushes. */
  readonly monotonic: () => number;
  /** Default: an append to the audit topic. The platform passes its trail, which also tells the page. */
  readonly audit?: (event: AuditEvent) => Promise<void>;
  /** Event seconds between batches of the label job and the lake. Default 6 h. */
  readonly labelEverySeconds?: number;
  /** Default 256 MiB. */
  readonly duckDbMemoryMiB?: number;
}

/** What one round did. All zero: there was nothing to do. */
export interface RoundResult {
  readonly records: number;
  readonly windows: readonly (Window & { readonly model: string; readonly version: string })[];
  readonly labelled: boolean;
  readonly acts: number;
}
