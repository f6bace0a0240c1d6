import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hash64 } from '../model/hash.ts';
import type { ModelKey, ModelSpec, Slot } from '../model/types.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { Directory } from './directory.ts';
import { FeatureCounts } from './feature-counts.ts';
import type { FeatureSource } from './feature-read.ts';
import { createIds } from './ids.ts';
import type { GatewayLimits } from './limits.ts';
import type { RouteTable } from './routes.ts';
import { type Append, acknowledgedSink, asynchronousSink, type Sink } from './sink.ts';
import { Tallies } from './tally.ts';
import type { Target } from './target.ts';
import { Upstream } from './upstream.ts';

/** The data's own clock (60-local, "Two clocks"). Epoch milliseconds; `wall` is the wall time of the call. */
export interface EventClock {
  observe(event: number, wall: number): void;
  /** Null before the first observation. */
  now(wall: number): number | null;
}

/** True when the request was the handler's, which then answers it. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface GatewayDeps {
  readonly models: Iterable<ModelSpec>;
  readonly routes: RouteTable;
  /** Where a slot's copy serves now, and the digest of what it has loaded; null while it does not serve. Asked on every request. */
  readonly endpoint: (model: ModelKey, slot: Slot) => { readonly port: number; readonly digest: string } | null;
  readonly append: Append;
  /** `acknowledged`: an answer leaves after its records are in the log. `asynchronous`: answers never wait, what does not fit is counted. */
  readonly logPolicy: { readonly kind: 'acknowledged' } | { readonly kind: 'asynchronous'; readonly maxRecords: number };
  readonly hash: Hash64;
  /** Wall time, epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that only goes forward: latencies. */
  readonly monotonic: () => number;
  /** [0, 1): draws of arms and mirrored copies. */
  readonly random: () => number;
  /** Null in the cluster: event time is wall time, and nobody may say otherwise in a header. */
  readonly eventClock: EventClock | null;
  readonly limits: GatewayLimits;
  /** Absent: a model that reads features is answered by its fallback. */
  readonly features?: FeatureSource;
  /** Asked in order for each request outside `/v2`: the page, `/metrics`. */
  readonly handlers: readonly RequestHandler[];
}

/** Counts of what no version is to blame for. */
export interface Refusals {
  /** Requests that were answered before a version was chosen, by HTTP status. */
  readonly byStatus: Map<number, number>;
  /** Answers withheld because their records did not reach the log. */
  unlogged: number;
  /** Mirrored copies not sent because too many were under way. */
  unmirrored: number;
}

/** What the parts of the gateway share. */
export interface Core {
  readonly deps: GatewayDeps;
  readonly directory: Directory;
  readonly tallies: Tallies;
  readonly upstream: Upstream;
  /** Predictions, by the log policy. */
  readonly predictions: Sink;
  /** Labels: acknowledged under either policy, because 202 says that they are in the log. */
  readonly labels: Sink;
  readonly nextId: () => string;
  readonly features: FeatureCounts;
  readonly refusals: Refusals;
  /** Requests being answered, and mirrored copies under way. */
  inFlight: number;
  mirrored: number;
}

export function createCore(deps: GatewayDeps): Core {
  const { append, logPolicy } = deps;
  const tallies = new Tallies();
  const labels = acknowledgedSink(append);
  return {
    deps,
    tallies,
    directory: new Directory(deps.models, deps.routes, tallies),
    upstream: new Upstream(),
    predictions: logPolicy.kind === 'acknowledged' ? acknowledgedSink(append) : asynchronousSink(append, logPolicy.maxRecords),
    labels,
    nextId: createIds(deps.now),
    features: new FeatureCounts(),
    refusals: { byStatus: new Map(), unlogged: 0, unmirrored: 0 },
    inFlight: 0,
    mirrored: 0,
  };
}

/** The port of a target's copy; null while it does not serve, or while the slot holds another digest than the route says. */
export function portOf({ deps }: Core, model: ModelKey, { slot, digest }: Target): number | null {
  const endpoint = deps.endpoint(model, slot);
  return endpoint === null || endpoint.digest !== digest ? null : endpoint.port;
}

/** Clocks of honest callers differ by less. */
const AHEAD_MS = 86_400_000;

/** When a request happened: its `x-weir-event-time` where that is honoured, else the event clock, else wall time. */
export function eventTimeOf({ eventClock, now }: GatewayDeps, header: string | string[] | undefined): number {
  const wall = now();
  if (eventClock === null) return wall;
  if (header === undefined) return eventClock.now(wall) ?? wall;
  if (typeof header !== 'string' || !/^\d{1,14}$/.test(header)) {
    throw new V2Error(400, `x-weir-event-time is "${String(header)}"; milliseconds since 1970 are expected`);
  }
  const time = Number(header);
  // The event clock never turns back: one caller who sends microseconds would close every window there will ever be.
  if (time > wall + AHEAD_MS)
    throw new V2Error(400, `x-weir-event-time is ${time}, more than a day ahead of now; milliseconds since 1970 are expected`);
  eventClock.observe(time, wall);
  return time;
}
