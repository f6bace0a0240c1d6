import { AGES_DAYS } from '../drift/performance/maturity.ts';
import type { FeatureService } from '../features/catalogue.ts';
import { parseDuration } from '../model/duration.ts';
import type { Origins } from '../model/layers/origin.ts';
import type { TenantModel } from '../model/loaded.ts';
import type { EffectiveField, EffectiveLabel } from '../model/model-file.ts';

/** Something that a model file asks for and one machine does otherwise, in words. */
export interface Obstacle {
  /** The place in the file's own words: `serving.engine`. */
  readonly path: string;
  readonly text: string;
}

/** Why the embedded platform cannot serve a model as its file says. Empty: it can. A model with a reason is left out, never half served. */
export function obstaclesTo(model: TenantModel, service: FeatureService | null): readonly Obstacle[] {
  return [...ofServing(model), ...ofRegistry(model), ...ofFields(model), ...ofFeatures(model, service), ...ofRollout(model)];
}

/**
 * What a file says and this platform does otherwise, although the model is served: told, because nothing that a person wrote is dropped in
 * silence. What no file says is no difference to anybody.
 */
export function differencesOf({ rollout, labels }: TenantModel, origins: Origins): readonly Obstacle[] {
  const said = [...origins].filter(([, { layer }]) => layer === 'file' || layer === 'tenant').map(([path]) => path);
  const isBelow = (path: string, top: string): boolean => path === top || path.startsWith(`${top}.`) || path.startsWith(`${top}[`);
  const isSaid = (path: string): boolean => said.some((place) => isBelow(place, path));
  return [
    ...DIFFERENCES.filter(({ path }) => isSaid(path)),
    ...labels.flatMap(ofLabel),
    ...rollout.guards.flatMap(({ name, kind }, index) =>
      when(
        kind === 'verdict' && isSaid(`rollout.guards[${index}]`),
        `rollout.guards[${index}]`,
        `${name}: drift is answered by the responder, not by a guard`,
      ),
    ),
  ];
}

/** Performance is published up to this age of a label (20-drift, 7). */
const OLDEST_SECONDS = Math.max(...AGES_DAYS) * 86_400;

function ofLabel({ delay, horizon, proxy }: EffectiveLabel, index: number): readonly Obstacle[] {
  if (proxy) return [obstacle(`labels[${index}].proxy`, 'proxies are kept, and nothing is measured on them here')];
  const [key, text] = horizon === undefined ? (['delay', delay] as const) : (['horizon', horizon] as const);
  return when(
    (parseDuration(text) ?? 0) > OLDEST_SECONDS,
    `labels[${index}].${key}`,
    `${text}: performance is measured up to an age of 90 days here`,
  );
}

const DIFFERENCES: readonly Obstacle[] = [
  { path: 'risk', text: 'the risk class asks for nothing on one machine' },
  { path: 'serving.mode', text: 'each version has a thread of its own here' },
  { path: 'serving.pool', text: 'there are no pools on one machine' },
  { path: 'serving.gpu', text: 'computed on the CPU' },
  { path: 'serving.gpus', text: 'computed on the CPU' },
  { path: 'serving.accelerator', text: 'computed on the CPU' },
  { path: 'serving.instances', text: 'each version has one thread' },
  { path: 'serving.resources', text: 'threads share the machine' },
  { path: 'serving.batching', text: 'requests are computed as they come, one after the other' },
  { path: 'serving.autoscaling', text: 'nothing is scaled on one machine' },
  { path: 'serving.delivery', text: 'files are read where the registry has them' },
  { path: 'route.host', text: 'callers name the tenant in the host: <tenant>.localhost' },
  { path: 'route.path', text: 'the path is /v2/models/<model>/infer' },
  { path: 'outcomes', text: 'business outcomes are not attributed here' },
  { path: 'groups', text: 'fairness by group is not judged here' },
  { path: 'drift.reference', text: 'the reference is the one that was registered with the version' },
  { path: 'drift.segments', text: 'judged as a whole, not by segment' },
  { path: 'drift.responses.fairness', text: 'fairness by group is not judged here' },
  { path: 'recommendations', text: 'coverage and diversity are not measured here' },
  { path: 'retraining', text: 'nothing is retrained by itself here' },
  { path: 'rollout.capacity', text: 'a copy that cannot start is a failure at once' },
  { path: 'rollout.preview', text: 'no header leads to a version that takes no traffic' },
  { path: 'rollout.rollback.lockModelAfter', text: 'versions are locked one by one' },
];

const obstacle = (path: string, text: string): Obstacle => ({ path, text });
/** One when it is so. */
const when = (is: boolean, path: string, text: string): readonly Obstacle[] => (is ? [obstacle(path, text)] : []);

function ofServing({ pattern, serving }: TenantModel): readonly Obstacle[] {
  const { engine, backend = 'onnxruntime', family } = serving;
  return [
    ...when(pattern !== 'online', 'pattern', `${pattern}: only models that answer requests are served on one machine`),
    ...when(engine !== 'triton', 'serving.engine', `${engine}: only ONNX models are served on one machine`),
    ...when(engine === 'triton' && backend !== 'onnxruntime', 'serving.backend', `${backend}: only ONNX models are served on one machine`),
    ...when(family !== undefined, 'serving.family', 'a family lives in a shared pool, and one machine has none'),
  ];
}

function ofRegistry({ registry }: TenantModel): readonly Obstacle[] {
  return [
    ...when(registry.follow !== undefined, 'registry.follow', `${registry.follow}: one machine follows no alias; name a version`),
    ...when(registry.model.includes('/'), 'registry.model', `${registry.model}: the registry on one machine is not shared between tenants`),
    ...when(registry.digest !== undefined, 'registry.digest', 'a pinned digest is not compared here; leave it out to try the version'),
  ];
}

/** Kinds that a column of one value per row can hold. */
const KINDS: readonly EffectiveField['kind'][] = ['numeric', 'categorical', 'probability', 'timestamp'];

function ofFields({ inputs = {}, outputs, features }: TenantModel): readonly Obstacle[] {
  const sections = { inputs, outputs, 'features.fields': features?.fields ?? {} };
  return Object.entries(sections).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([name, { kind, shape }]) => [
      ...when(!KINDS.includes(kind), `${section}.${name}.kind`, `${kind}: drift of ${kind} fields is not counted on one machine`),
      ...when(shape !== 1 && KINDS.includes(kind), `${section}.${name}.shape`, `${shape}: tensors on one machine have one value per row`),
    ]),
  );
}

function ofFeatures({ features }: TenantModel, service: FeatureService | null): readonly Obstacle[] {
  if (features === undefined) return [];
  if (service === null) return [obstacle('features.service', `${features.service}: no features.yaml of these tenants has it for this one`)];
  return service.views
    .filter(({ source }) => source.file === undefined)
    .map(({ name }) => obstacle('features.service', `${features.service}: view "${name}" has no source.file, which is what one machine reads`));
}

/** Gates that runtime/rollout/gates runs. */
const GATES: readonly string[] = ['Format', 'Manifest', 'Reference', 'SchemaCompat', 'GoldenSet', 'RegistryMetric'];

function ofRollout({ rollout }: TenantModel): readonly Obstacle[] {
  return [
    ...rollout.gates.flatMap(({ type }, index) =>
      when(!GATES.includes(type), `rollout.gates[${index}]`, `${type}: this gate is not run on one machine`),
    ),
    ...rollout.guards.flatMap(({ name, kind, event }, index) =>
      when(kind === 'fuse' && event !== 'error', `rollout.guards[${index}]`, `${name}: a fuse counts errors here, not "${event}"`),
    ),
    ...when(rollout.bake.labelGate !== undefined, 'rollout.bake.labelGate', 'baking does not wait for labels on one machine'),
  ];
}
