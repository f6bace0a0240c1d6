import { secondsOf as seconds } from './duration.ts';
import type { TenantModel } from './loaded.ts';
import type { EffectiveField, EffectiveModel } from './model-file.ts';
import { rolloutPlan } from './rollout-plan.ts';
import type { FeaturesSpec, FieldSpec, LabelSpec, ModelSpec } from './types.ts';

const NO_BUDGET = 60; // seconds: what a model without a latency budget is given, as its objective is

/**
 * The model as the embedded platform decides on it: numbers in SI units. Refuses nothing: which models that platform cannot serve is told
 * before (runtime/local/obstacles.ts).
 */
export function modelSpec(model: TenantModel): ModelSpec {
  const { registry, slo, drift, features } = model;
  return {
    tenant: model.tenant,
    name: model.model,
    owner: model.owner,
    registry: { model: registry.model, version: registry.version ?? registry.follow ?? '' },
    inputs: [...fieldSpecs(model.inputs), ...fieldSpecs(features?.fields)],
    outputs: fieldSpecs(model.outputs),
    score: model.score ?? '',
    serving: { latencySeconds: model.serving.latency === undefined ? NO_BUDGET : seconds(model.serving.latency) },
    slo: { availability: slo.availability, latency: { quantile: slo.latency.quantile, seconds: slo.latency.seconds } },
    fallback: fallbackOf(model.fallback),
    labels: labelSpecs(model.labels),
    drift: {
      minDrop: drift.minDrop,
      severeDrop: drift.severeDrop,
      cadenceSeconds: seconds(drift.cadence),
      maxNullShare: drift.maxNullShare,
      ambient: drift.ambient,
      thresholds: drift.thresholds,
      features: drift.features,
      zone: drift.zone,
      responses: { warn: drift.responses.warn, harm: drift.responses.harm, severe: drift.responses.severe },
    },
    rollout: rolloutPlan(model.rollout),
    ...(features && { features: readsOf(model.tenant, features) }),
  };
}

/** Truths before proxies, each in the order of the file: whoever needs one label takes the first. */
function labelSpecs(labels: EffectiveModel['labels']): readonly LabelSpec[] {
  const specs = labels.map(({ event, delay, proxy, horizon, default: value }): LabelSpec => {
    const absent = horizon === undefined || value === undefined ? {} : { absent: { afterSeconds: seconds(horizon), value } };
    return { event, delaySeconds: seconds(delay), ...(proxy && { proxy }), ...absent };
  });
  return [...specs.filter(({ proxy }) => proxy !== true), ...specs.filter(({ proxy }) => proxy === true)];
}

/** A list of values answers for a tensor of several, which the embedded platform has none of. */
function fallbackOf(fallback: EffectiveModel['fallback']): ModelSpec['fallback'] {
  if (fallback === undefined) return null;
  return Object.fromEntries(Object.entries(fallback).flatMap(([name, value]) => (isScalar(value) ? [[name, value]] : [])));
}

const isScalar = (value: unknown): value is number | string | boolean => ['number', 'string', 'boolean'].includes(typeof value);

function readsOf(tenant: string, features: NonNullable<EffectiveModel['features']>): FeaturesSpec {
  const { service, keys, fields, timeout, missing, freshness } = features;
  return {
    service: service.includes('/') ? service : `${tenant}/${service}`,
    keys: Object.entries(keys).map(([name, datatype]): FieldSpec => ({ name, kind: 'categorical', datatype, log: 'hash' })),
    fields: Object.keys(fields),
    timeoutSeconds: seconds(timeout),
    missing,
    freshnessSeconds: freshness === undefined ? null : seconds(freshness),
  };
}

const fieldSpecs = (fields: EffectiveModel['inputs']): readonly FieldSpec[] =>
  Object.entries(fields ?? {}).map(([name, field]) => fieldSpec(name, field));

function fieldSpec(name: string, { kind, datatype, domain, log }: EffectiveField): FieldSpec {
  const numeric = kind === 'numeric' || kind === 'probability' || kind === 'timestamp';
  return { name, kind: numeric ? 'numeric' : 'categorical', datatype, ...(domain && { domain }), log };
}
