import type { Route, VersionRef } from '../model/status.ts';
import type { ModelKey, ModelSpec, Slot } from '../model/types.ts';
import type { AuditEvent } from '../telemetry/events.ts';
import type { GateResult, Reading } from './types.ts';

/** The gateway's table of routes: the local gateway's own, HTTPRoutes in the cluster. */
export interface Traffic {
  route(model: ModelKey): Promise<Route | null>;
  /** Refuses (Conflict) a route whose epoch is lower than the present one's. Survives restarts. */
  putRoute(model: ModelKey, route: Route): Promise<void>;
}

/** Where counters come from: the process's own registry, Prometheus in the cluster. */
export interface Readings {
  /**
   * Raw samples with `at` > since, oldest first, at most a few minutes back. `at` is wall time. Arms are roles of the route at that
   * instant: `stable` is what `stableSlot` served, `candidate` what the other slot served, `shadow` the mirrored copies.
   */
  since(model: ModelKey, since: number): Promise<readonly Reading[]>;
}

/** Long work that runs beside the queue; decide sees only its state. An attempt is named by its model and its id. */
export interface Gates {
  start(spec: ModelSpec, attempt: string, candidate: VersionRef & { readonly slot: Slot }, stage: 'static' | 'running'): void;
  results(model: ModelKey, attempt: string): readonly GateResult[];
}

export interface Bundles {
  /** Collects metric windows, evidence, routes and sampled requests of an attempt; settles in `state`. */
  start(model: ModelKey, attempt: string, facts: Readonly<Record<string, unknown>>): void;
  /** Outlives a restart: `done` once the bundle lies there whole, `failed` when its deadline passed. */
  state(model: ModelKey, attempt: string): { readonly state: 'none' | 'running' | 'done' | 'failed'; readonly path: string | null };
  /** Appends to the attempt's decision record; beyond a bound the record is cut, and says so. */
  record(model: ModelKey, attempt: string, line: Readonly<Record<string, unknown>>): void;
}

/** One line for the audit trail, which adds its id and time. `data.notice` names it, the same after a restart. */
export type Notice = Omit<AuditEvent, 'id' | 'at'>;

export interface Notices {
  send(notice: Notice): Promise<void>;
  /** True when the trail already has the line: one with this `data.notice`. */
  wasSent(notice: Notice): boolean;
}

/** The highest epoch that a controller of this installation has taken; read and written before the first route. */
export interface EpochStore {
  read(): Promise<number>;
  write(epoch: number): Promise<void>;
}
