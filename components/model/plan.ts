import type { Resource } from '@pulumi/pulumi';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { labelsOf } from '../../runtime/model/render/metadata.ts';
import { namespaceOf } from '../../runtime/model/render/names.ts';

/** All models of a stack. They cost what their pods do. */
export interface ModelsArgs {
  readonly models: readonly {
    /** The effective spec, checked: every layer merged, every default there. */
    readonly model: TenantModel;
    /** What its pods need of its tenant. */
    readonly after: readonly Resource[];
  }[];
}

export interface ModelPlan {
  /** `shop.ranker`. Neither name has a dot, so no two models share one. */
  readonly key: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: TenantModel;
  readonly after: readonly Resource[];
}

/** Labels are those of all that the model becomes, but for who manages it: this object is the stack's. */
export function planModels({ models }: ModelsArgs): readonly ModelPlan[] {
  return models.map(({ model, after }) => ({
    key: `${model.tenant}.${model.model}`,
    metadata: {
      name: model.model,
      namespace: namespaceOf(model.tenant),
      labels: { ...labelsOf(model), 'app.kubernetes.io/managed-by': 'pulumi' },
    },
    spec: model,
    after,
  }));
}
