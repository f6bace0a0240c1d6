import type { Route, VersionRef } from '../model/status.ts';
import type { ModelKey, ModelSpec } from '../model/types.ts';
import type { GateResult, Reading } from './types.ts';

/** The gateway's table of routes: the local gateway's own, HTTPRoutes in the cluster. */
export interface Traffic {
  route(model: ModelKey): Promise<Route | null>;
  /** Refuses (Conflict) a route whose epoch is lower than the present one's. Survives restarts. */
  putRoute(model: ModelKey, route: Route): Promise<void>;
}

/** Where counters come from: the process's own registry, Prometheus in the cluster. */
export interface Readings {
  /** Raw samples with `at` > since, oldest first, at most a few minutes back. `at` is wall time. */
  since(model: ModelKey, since: number): Promise<readonly Reading[]>;
}

/** Long work that runs beside the queue; decide sees only its state. */
export interface Gates {
  start(spec: ModelSpec, attempt: string, version: VersionRef, stage: 'static' | 'running'): void;
  results(attempt: string): readonly GateResult[];
}

export interface Bundles {
  /** Collects metric windows, evidence, logs, routes and sampled requests of an attempt; settles in `state`. */
  start(model: ModelKey, attempt: string, facts: Readonly<Record<string, unknown>>): void;
  state(attempt: string): { readonly state: 'none' | 'running' | 'done' | 'failed'; readonly path: string | null };
}
