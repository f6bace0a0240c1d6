import type { TenantModel } from '../loaded.ts';
import type { Slot } from '../types.ts';
import { namespaceOf, TENANT_LABEL } from './names.ts';
import type { ObjectMeta } from './types.ts';

type Labels = Readonly<Record<string, string>>;

/** What finds the pods of a slot. A Deployment's selector cannot be changed, so neither role nor version is in it. */
export function slotSelector(model: TenantModel, slot: Slot): Labels {
  return { 'weir.dev/model': model.model, 'weir.dev/slot': slot };
}

/** What finds the pods of both slots. */
export function modelSelector(model: TenantModel): Labels {
  return { 'weir.dev/model': model.model };
}

/** Labels of everything that belongs to a model; `slot` where it belongs to one. */
export function labelsOf(model: TenantModel, slot?: Slot): Labels {
  return {
    'app.kubernetes.io/name': model.model,
    'app.kubernetes.io/part-of': 'weir',
    'app.kubernetes.io/managed-by': 'weir',
    [TENANT_LABEL]: model.tenant,
    'weir.dev/model': model.model,
    ...(slot === undefined ? {} : { 'weir.dev/slot': slot }),
  };
}

/** Metadata in the tenant's namespace. */
export function metadataOf(model: TenantModel, name: string, slot?: Slot): ObjectMeta & { readonly namespace: string } {
  return { name, namespace: namespaceOf(model.tenant), labels: labelsOf(model, slot) };
}
