import { identityOf } from '../../runtime/model/identity.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { type Change, changesOf } from './fields.ts';

/** What is compared of an identity: of tensors names, types and shapes, not how they are logged; of a language model not what counts as slow. */
function comparable(model: TenantModel): object {
  const { registry, serving, llm, inputs, features, outputs } = identityOf(model);
  const { tensorParallel, contextTokens, sequences, quantisation, prompt, guardrails } = llm ?? {};
  return {
    registry,
    serving,
    llm: { tensorParallel, contextTokens, sequences, quantisation, prompt, guardrails },
    inputs: shapesOf(inputs),
    features: { service: features?.service, fields: shapesOf(features?.fields) },
    outputs: shapesOf(outputs),
  };
}

function shapesOf(fields: TenantModel['inputs'] = {}): object {
  return Object.fromEntries(Object.entries(fields).map(([name, { datatype, shape }]) => [name, { datatype, shape }]));
}

/** The changes that start a rollout (10-rollout, 1). */
export function identityChanges(from: TenantModel, to: TenantModel): readonly Change[] {
  return changesOf(comparable(from), comparable(to)).filter((change) => change.from !== undefined || change.to !== undefined);
}
