import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type ModelsArgs, planModels } from './plan.ts';

/**
 * One `Model` for each model file: all that a stack ever says of a model. The rollout controller makes the rest, and takes it away when the `Model` goes, so
 * models go before all that they need (30-platform, D5).
 * @example new Models('prod-model', { models: [{ model, after: tenant.ready }] })
 */
export class Models extends Component {
  /** The models. */
  readonly ready: readonly Resource[];

  readonly #byTenant: ReadonlyMap<string, readonly Resource[]>;

  constructor(name: string, args: ModelsArgs, options?: ComponentResourceOptions) {
    const plans = planModels(args);
    super('weir:model:Models', name, {}, options);

    const made = plans.map(({ key, metadata, spec, after }) => {
      const model = { apiVersion: MODEL_API, kind: 'Model', metadata, spec };
      return { tenant: spec.tenant, resource: new k8s.apiextensions.CustomResource(`${name}-${key}`, model, this.child({ dependsOn: [...after] })) };
    });

    this.ready = made.map(({ resource }) => resource);
    this.#byTenant = new Map([...Map.groupBy(made, ({ tenant }) => tenant)].map(([tenant, own]) => [tenant, own.map(({ resource }) => resource)]));
    this.registerOutputs();
  }

  /** The models of one tenant. */
  of(tenant: string): readonly Resource[] {
    return this.#byTenant.get(tenant) ?? [];
  }
}

/** Of charts/crds/weir.dev_models.yaml. */
const MODEL_API = 'weir.dev/v1alpha1';
