import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import type { Slot } from '../types.ts';
import { modelName, namespaceOf } from './names.ts';
import { queueTrigger } from './queue-scale.ts';
import type { RenderEnvironment } from './types.ts';
import { vllmQueries } from './vllm-scale.ts';

/** One trigger of a ScaledObject. Metadata is text throughout. */
export interface Trigger {
  readonly type: 'prometheus' | 'cron' | 'kafka';
  readonly name: string;
  readonly metricType?: 'AverageValue' | 'Value';
  readonly metadata: Readonly<Record<string, string>>;
  /** A TriggerAuthentication of the namespace. */
  readonly authenticationRef?: { readonly name: string };
}

/**
 * What a slot is scaled by: 30-platform, 5. The most demanding trigger wins. Never by CPU or GPU load: a batching server is busy long before
 * it is late.
 */
export function loadTriggers(model: TenantModel, slot: Slot, environment: TriggerEnvironment): readonly Trigger[] {
  const lag = queueTrigger(model, environment); // what reads a topic is asked for by nothing else
  if (lag !== null) return [lag];
  const { prometheus } = environment;
  const queries = queriesOf(model, slot);
  const { zero } = model.serving.autoscaling;
  // at zero replicas these series do not exist, which must count as no load there, and nowhere else
  const orNone = (query: string) => (zero === undefined ? query : `(${query}) or vector(0)`);
  return [
    prometheusTrigger(prometheus, 'pending', 'AverageValue', { query: orNone(queries.pending), threshold: String(queries.pendingPerReplica) }),
    prometheusTrigger(prometheus, 'ratio', 'Value', { query: orNone(queries.ratio), threshold: '1' }),
    ...(zero === undefined ? [] : [wakeTrigger(model, prometheus, zero.after)]),
  ];
}

type TriggerEnvironment = Pick<RenderEnvironment, 'prometheus' | 'kafka' | 'region'>;

export interface LoadQueries {
  /** Requests that wait or are worked on, of all replicas. */
  readonly pending: string;
  /** So many of them for each replica are as it should be. */
  readonly pendingPerReplica: number;
  /** Above 1: answers wait longer than they should. */
  readonly ratio: string;
}

function queriesOf(model: TenantModel, slot: Slot): LoadQueries {
  if (model.llm !== undefined) return vllmQueries(model.llm, seriesOf(model, slot));
  return model.serving.engine === 'triton' ? tritonQueries(model, slot) : proxyQueries(model, slot);
}

/** Labels that the PodMonitor takes from the pods. */
export function seriesOf(model: TenantModel, slot: Slot): string {
  return `{namespace="${namespaceOf(model.tenant)}",weir_dev_model="${model.model}",weir_dev_slot="${slot}"}`;
}

/** Waiting longer than computing is the limit. Queue time per second of wall clock, as some blueprints use, means nothing. */
function tritonQueries(model: TenantModel, slot: Slot): LoadQueries {
  const series = seriesOf(model, slot);
  return {
    pending: `sum(nv_inference_pending_request_count${series})`,
    pendingPerReplica: pendingPerReplica(model),
    ratio: `${perSecond('nv_inference_queue_duration_us', series)} / clamp_min(${perSecond('nv_inference_compute_infer_duration_us', series)}, 1)`,
  };
}

/** An engine whose metrics Weir does not know is seen through its proxies: requests under way, and the mean answer against half of the budget. */
function proxyQueries(model: TenantModel, slot: Slot): LoadQueries {
  const { serving, slo } = model;
  const budget = serving.latency === undefined ? slo.latency.seconds : secondsOf(serving.latency);
  const series = seriesOf(model, slot);
  const answers = `clamp_min(${perSecond('weir_request_duration_seconds_count', series)}, 0.1)`;
  const mean = `${perSecond('weir_request_duration_seconds_sum', series)} / ${answers}`;
  return {
    pending: `sum(weir_requests_in_flight${series})`,
    pendingPerReplica: pendingPerReplica(model),
    ratio: `${mean} / ${decimal(budget / 2)}`,
  };
}

function perSecond(metric: string, series: string): string {
  return `sum(rate(${metric}${series}[1m]))`;
}

/** Without a preference more than this in a batch costs more waiting than it saves computing. */
const USUAL_BATCH = 8;

/** Instances times the preferred batch: what a replica takes into its next computation. */
export function pendingPerReplica({ serving: { instances, batching } }: Pick<TenantModel, 'serving'>): number {
  const largest = Math.max(1, batching.max);
  const batch = batching.preferred.length === 0 ? USUAL_BATCH : Math.max(...batching.preferred);
  return instances * Math.min(batch, largest);
}

/**
 * Online, zero is reached and left by the gateway's own count, the only one that exists at zero: requests to the route's clusters that ended, however
 * they ended (Envoy's `cluster.<name>.upstream_rq_completed`; `upstream_rq_total` counts only those that found a connection). Envoy Gateway
 * names the clusters `httproute/<namespace>/<name>/rule/<n>/backend/<n>`. What reads a topic is woken by its lag (queue-scale.ts).
 */
function wakeTrigger(model: TenantModel, prometheus: string, after: string): Trigger {
  const clusters = `httproute/${namespaceOf(model.tenant)}/${modelName(model.model)}/rule/.+`;
  const window = `${Math.max(60, Math.ceil(secondsOf(after)))}s`;
  const query = `sum(increase(envoy_cluster_upstream_rq_completed{envoy_cluster_name=~"${clusters}"}[${window}])) or vector(0)`;
  // one replica while there was any request; how many more is the others' affair
  return prometheusTrigger(prometheus, 'asked', 'Value', { query, threshold: '1000000000' });
}

/** `ignoreNullValues` is false: by default a Prometheus that has lost its series reads as no load, and the model is scaled down. */
export function prometheusTrigger(
  serverAddress: string,
  name: string,
  metricType: 'AverageValue' | 'Value',
  { query, threshold }: { readonly query: string; readonly threshold: string },
): Trigger {
  return { type: 'prometheus', name, metricType, metadata: { serverAddress, query, threshold, ignoreNullValues: 'false' } };
}

function decimal(value: number): string {
  return String(Number(value.toPrecision(6)));
}
