import * as fc from 'fast-check';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { EffectiveDatatype, EffectiveField, EffectiveKind, EffectivePeak } from '../../../runtime/model/model-file.ts';
import type { RenderStatus } from '../../../runtime/model/render/types.ts';
import { PHASES } from '../../../runtime/model/status.ts';
import { aModel, digestOf } from './models.ts';
import { aStatus } from './statuses.ts';

/** Names, versions, headers and durations by the patterns of the schema. */
const dnsName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/);
const longName = fc.constantFrom('a'.repeat(50), `x${'-'.repeat(48)}9`);
const name = fc.oneof({ weight: 4, arbitrary: dnsName }, longName);
const version = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const header = fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/);
const fieldName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,62}$/);
const duration = fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('ms', 's', 'm', 'h')).map(([amount, unit]) => `${amount}${unit}`);
const quantity = fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('Mi', 'Gi')).map(([amount, unit]) => `${amount}${unit}`);

const kind = fc.constantFrom<EffectiveKind>('numeric', 'categorical', 'probability', 'timestamp', 'text', 'embedding', 'items', 'binary');
const datatype = fc.constantFrom<EffectiveDatatype>('BOOL', 'INT32', 'INT64', 'FP32', 'FP64', 'BYTES');
const field: fc.Arbitrary<EffectiveField> = fc.record({
  kind,
  datatype,
  log: fc.constantFrom('full', 'hash', 'drop'),
  shape: fc.integer({ min: 1, max: 1_000_000 }),
});
const fields = fc.dictionary(fieldName, field, { minKeys: 1, maxKeys: 6 });

const peak: fc.Arbitrary<EffectivePeak> = fc.record({
  name,
  from: fc.constantFrom('0 17 * * *', '*/5 8 * * 1-5', '10 0 1 1 *', '2026-11-27T00:00Z'),
  to: fc.constantFrom('0 23 * * *', '30 9 * * 1-5', '2026-11-30T12:30Z'),
  zone: fc.constantFrom('UTC', 'Europe/Berlin'),
  replicas: fc.integer({ min: 1, max: 500 }),
});

const autoscaling = fc.record(
  {
    min: fc.integer({ min: 1, max: 500 }),
    max: fc.integer({ min: 1, max: 500 }),
    peaks: fc.uniqueArray(peak, { maxLength: 3, selector: ({ name }) => name }),
    zero: fc.record({ after: duration }),
  },
  { requiredKeys: ['min', 'max', 'peaks'] },
);

const batching = fc.record({
  max: fc.integer({ min: 0, max: 4_096 }),
  delay: duration,
  preferred: fc.uniqueArray(fc.integer({ min: 1, max: 4_096 }), { maxLength: 8 }),
  queue: fc.integer({ min: 1, max: 10_000 }),
});

const serving = fc.record(
  {
    engine: fc.constantFrom<TenantModel['serving']['engine']>('triton', 'container', 'rules'),
    backend: fc.constantFrom<NonNullable<TenantModel['serving']['backend']>>('onnxruntime', 'tensorrt', 'pytorch', 'openvino', 'python'),
    latency: duration,
    gpu: fc.constantFrom<TenantModel['serving']['gpu']>('none', 'whole'),
    gpus: fc.integer({ min: 1, max: 8 }),
    accelerator: fc.constantFrom<NonNullable<TenantModel['serving']['accelerator']>>('l4', 'a10g', 'l40s', 'a100', 'h100'),
    instances: fc.integer({ min: 1, max: 16 }),
    loadTime: duration,
    resources: fc.record({
      cpu: fc.oneof(fc.integer({ min: 1, max: 192 }), fc.constantFrom(0.1, 0.5, 1.25)),
      memory: quantity,
      storage: quantity,
      sharedMemory: quantity,
    }),
    batching,
    autoscaling,
    delivery: fc.constantFrom<TenantModel['serving']['delivery']>('sync', 'mountpoint'),
    container: fc.record({
      image: fc.constant(`registry.example.com/eta@${digestOf('4')}`),
      port: fc.integer({ min: 1_024, max: 65_535 }),
      args: fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
      environment: fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/), fc.string({ maxLength: 20 }), { maxKeys: 3 }),
    }),
  },
  {
    requiredKeys: ['engine', 'backend', 'gpu', 'instances', 'loadTime', 'resources', 'batching', 'autoscaling', 'delivery', 'container'],
  },
);

const features = fc.record({
  service: dnsName,
  timeout: duration,
  missing: fc.constantFrom<'nulls' | 'fallback'>('nulls', 'fallback'),
  keys: fc.dictionary(fieldName, datatype, { minKeys: 1, maxKeys: 2 }),
  fields,
});

/** A dedicated model of the effective type, as strange as the schema lets it be. */
export const anyModel: fc.Arbitrary<TenantModel> = fc
  .record({
    tenant: name,
    model: name,
    registryVersion: version,
    host: fc.option(fc.constantFrom('fraud.example.com', `${'h'.repeat(63)}.example.com`), { nil: undefined }),
    risk: fc.constantFrom<TenantModel['risk']>('low', 'standard', 'high', 'regulated'),
    inputs: fields,
    outputs: fields,
    features: fc.option(features, { nil: undefined }),
    serving,
    stickiness: fc.option(fc.record({ header }), { nil: undefined }),
    preview: fc.option(fc.record({ header }), { nil: undefined }),
    spot: fc.boolean(),
    progressDeadline: duration,
  })
  .map(({ model, registryVersion, host, stickiness, preview, spot, progressDeadline, features: store, ...rest }) =>
    aModel({
      ...rest,
      model,
      registry: { model, version: registryVersion },
      route: { path: `/v2/models/${model}`, ...(host === undefined ? {} : { host }) },
      cost: { spot },
      ...(store === undefined ? {} : { features: store }),
      rollout: { progressDeadline, ...(stickiness === undefined ? {} : { stickiness }), ...(preview === undefined ? {} : { preview }) },
    }),
  );

const phase = fc.constantFrom(...PHASES);

/** A status that some order of events could leave: one slot or both in use, any share, mirror and phase. */
export function anyStatus(model: TenantModel): fc.Arbitrary<RenderStatus> {
  return fc
    .record({
      stableSlot: fc.constantFrom<'a' | 'b'>('a', 'b'),
      both: fc.boolean(),
      stable: version,
      other: version,
      phase,
      weight: fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1, 9_999, 10_000)),
      mirror: fc.option(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0.1, 33.3))),
      stableReplicas: fc.integer({ min: 0, max: 500 }),
      start: fc.integer({ min: 0, max: 9_999 }),
    })
    .map(({ stableSlot, both, stable, other, mirror, weight, ...rest }) => {
      const second = both ? other : null;
      const versions = stableSlot === 'a' ? ([stable, second] as const) : ([second, stable] as const);
      return aStatus(model, { ...rest, stableSlot, versions, weight: both ? weight : 0, mirror: both ? mirror : null });
    });
}

/** Both together. */
export const anyCase: fc.Arbitrary<readonly [TenantModel, RenderStatus]> = anyModel.chain((model) =>
  anyStatus(model).map((status) => [model, status] as const),
);
