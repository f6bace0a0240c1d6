import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import type { VersionRef } from '../status.ts';

/**
 * What the proxy needs to know of its model, as JSON: its identity, the tensors with what the log keeps of them, the feature service, the
 * budget and what is answered when it is over. Nothing of rollout, drift or labels: a change of those restarts no pod.
 */
export function modelDocument(model: TenantModel, version: VersionRef): string {
  const { tenant, serving, pattern, inputs = {}, outputs, features, slo, score } = model;
  const document = {
    tenant,
    model: model.model,
    version: version.version,
    digest: version.digest,
    pattern,
    path: model.route.path,
    latencySeconds: serving.latency === undefined ? null : secondsOf(serving.latency),
    slowSeconds: slo.latency.seconds, // a bucket edge of the latency histogram: guards count what is slower
    queue: serving.batching.queue,
    inputs,
    features: features === undefined ? null : featureDocument(features),
    outputs,
    score: score ?? null,
    fallback: model.fallback ?? null,
    family: serving.family ?? null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function featureDocument({ service, freshness, timeout, missing, keys, fields }: NonNullable<TenantModel['features']>) {
  return {
    service,
    freshnessSeconds: freshness === undefined ? null : secondsOf(freshness),
    timeoutSeconds: secondsOf(timeout),
    missing,
    keys,
    fields,
  };
}
