import type { TenantModel } from './loaded.ts';

type Serving = TenantModel['serving'];
type Served = 'engine' | 'backend' | 'mode' | 'gpu' | 'gpus' | 'accelerator' | 'instances' | 'resources' | 'batching' | 'container' | 'family';

/**
 * What a version is, besides its files: what the server is told and what it gets. A change of it starts a rollout (10-rollout, 1). Labels,
 * replicas, budgets and routes are not part of it. It is kept from the start of an attempt, so that the stable version runs on as it was
 * started while the file already says what the next one is.
 */
export interface Identity {
  readonly registry: TenantModel['registry'];
  readonly serving: Pick<Serving, Served>;
  readonly llm?: NonNullable<TenantModel['llm']>;
  readonly inputs?: NonNullable<TenantModel['inputs']>;
  readonly features?: NonNullable<TenantModel['features']>;
  readonly outputs: TenantModel['outputs'];
}

/** The part of a spec that belongs to its version. */
export function identityOf({ registry, serving, llm, inputs, features, outputs }: TenantModel): Identity {
  return {
    registry,
    serving: split(serving).own,
    ...(llm === undefined ? {} : { llm }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(features === undefined ? {} : { features }),
    outputs,
  };
}

/** The present spec as it stands for a version that was started with this identity. */
export function asStarted(model: TenantModel, identity: Identity): TenantModel {
  const { llm: _llm, inputs: _inputs, features: _features, ...rest } = model;
  const { serving, ...own } = identity; // a section that the version did not have it does not get
  return { ...rest, ...own, serving: { ...split(model.serving).rest, ...serving } };
}

function split(serving: Serving): { readonly own: Identity['serving']; readonly rest: Omit<Serving, Served> } {
  const { backend, gpus, accelerator, container, family, ...more } = serving;
  const { engine, mode, gpu, instances, resources, batching, ...rest } = more;
  const own = {
    engine,
    mode,
    gpu,
    instances,
    resources,
    batching,
    ...(backend === undefined ? {} : { backend }),
    ...(gpus === undefined ? {} : { gpus }),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(container === undefined ? {} : { container }),
    ...(family === undefined ? {} : { family }),
  };
  return { own, rest };
}
