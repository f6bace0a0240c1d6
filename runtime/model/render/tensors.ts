import type { TenantModel } from '../loaded.ts';
import type { EffectiveField } from '../model-file.ts';

/** What the server itself is given: the request's tensors and what the feature service adds. The keys of entities stay with the proxy. */
export function serverInputs(model: TenantModel): Readonly<Record<string, EffectiveField>> {
  return { ...model.inputs, ...model.features?.fields };
}
