import { layersBelow } from '../../runtime/model/layers/effective.ts';
import { type ProfileName, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { LoadedModel } from '../../runtime/model/loaded.ts';
import { type ModelReading, type ReadModel, readModel } from '../../runtime/model/read/model.ts';
import { problemText } from '../../runtime/model/read/problem.ts';
import { createReaders } from '../../runtime/model/read/read.ts';
import { modelSpec } from '../../runtime/model/spec.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';

/** The smallest whole model file. */
export const TEN_LINES = `model: fraud
owner: payments-ml
registry: {version: 8}
serving: {latency: 50ms}
inputs: {amount: numeric, country: categorical}
outputs: {score: probability}
labels: {event: chargeback, delay: 45d}
fallback: {score: 0.02}
rollout: standard
`;

const readers = createReaders();

export interface Around {
  readonly profile?: ProfileName;
  readonly tenant?: EffectiveTenant | null;
  readonly service?: ModelReading['service'];
}

/** Reads a text as `tenants/payments/models/fraud.yaml`; by default there is no tenant file, and the profile is `dev`. */
export function readText(text: string, { profile = 'dev', tenant = null, service = () => null }: Around = {}): ReadModel {
  const below = layersBelow(tenant, profileOf(profile));
  const place = (): string => 'tenants/payments/tenant.yaml:9';
  return readModel('tenants/payments/models/fraud.yaml', text, readers.model, { tenant: 'payments', below, place, service });
}

/** The model of a text that is right; throws with the problems of one that is not. */
export function loadedOf(text: string, around: Around = {}): LoadedModel {
  const result = readText(text, around);
  if (result.kind === 'model') return result.loaded;
  throw new Error(result.problems.map(problemText).join('\n'));
}

/** The spec that decisions are made on. */
export const specOf = (text: string): ModelSpec => modelSpec(loadedOf(text).model);

/** Each problem as `line:column path: problem`, or none. */
export function problemsOf(text: string): readonly string[] {
  const result = readText(text);
  return result.kind === 'model' ? [] : result.problems.map(({ line, column, path, problem }) => `${line}:${column} ${path}: ${problem}`);
}

/** The problems as a person sees them. */
export function textOf(text: string): string {
  const result = readText(text);
  return result.kind === 'model' ? '' : result.problems.map(problemText).join('\n');
}
