import type { TenantModel } from '../../runtime/model/loaded.ts';
import { type Change, changesOf } from './fields.ts';

/**
 * What a version is, besides its files: a change of any of it starts a rollout (10-rollout, 1). Registry entry, image, what the server is
 * told, what it gets. Labels, replicas, budgets and routes are not part of it.
 */
function identityOf({ registry, serving, llm, inputs, outputs }: TenantModel): object {
  const { engine, backend, mode, gpu, gpus, accelerator, instances, resources, batching, container, family } = serving;
  const { tensorParallel, contextTokens, sequences, quantisation, prompt, guardrails } = llm ?? {};
  return {
    registry,
    serving: { engine, backend, mode, gpu, gpus, accelerator, instances, resources, batching, container, family },
    llm: { tensorParallel, contextTokens, sequences, quantisation, prompt, guardrails },
    inputs: shapesOf(inputs),
    outputs: shapesOf(outputs),
  };
}

/** Tensors are part of what the server is told: names, types and shapes; how they are logged is not. */
function shapesOf(fields: TenantModel['inputs'] = {}): object {
  return Object.fromEntries(Object.entries(fields).map(([name, { datatype, shape }]) => [name, { datatype, shape }]));
}

/** The changes that start a rollout. */
export function identityChanges(from: TenantModel, to: TenantModel): readonly Change[] {
  return changesOf(identityOf(from), identityOf(to)).filter((change) => change.from !== undefined || change.to !== undefined);
}
