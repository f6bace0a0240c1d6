import { keyOf, type Resource, typeOfObject } from '../resource.ts';
import { isMap } from '../rules/values.ts';

/** A document that is no Kubernetes object: without `apiVersion` or `kind`, or no map at all. */
export type ObjectOutcome = { readonly kind: 'resource'; readonly resource: Resource } | { readonly kind: 'skipped'; readonly reason: string };

/** One document's objects: itself, or the items of a `List`. Items are in order, so that a reader of the file finds each again. */
export function resourcesOfObject(document: unknown): readonly ObjectOutcome[] {
  return outcomes(document, false);
}

function outcomes(document: unknown, listed: boolean): readonly ObjectOutcome[] {
  if (!isMap(document)) return [{ kind: 'skipped', reason: 'no object' }];
  const { apiVersion, kind, items } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [{ kind: 'skipped', reason: 'without apiVersion and kind' }];
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(apiVersion) || !/^\w+$/.test(kind))
    return [{ kind: 'skipped', reason: 'with an apiVersion or kind that none has' }];
  if (kind.endsWith('List') && Array.isArray(items)) {
    if (listed) return [{ kind: 'skipped', reason: 'a list inside of a list' }]; // none exists, and one that holds itself has no end
    return items.flatMap((item: unknown) => outcomes(itemOf(item, apiVersion, kind), true));
  }
  const type = typeOfObject(apiVersion, kind);
  const { name, namespace } = isMap(document.metadata) ? document.metadata : {};
  const own = typeof name === 'string' ? name : 'without-a-name'; // generateName, or a mistake
  const place = typeof namespace === 'string' ? `${namespace}/` : '';
  return [{ kind: 'resource', resource: { urn: `k8s:${keyOf(type)}:${place}${own}`, type, name: own, props: document, options: {} } }];
}

/** Items of a `DeploymentList` say neither `apiVersion` nor `kind`: the list does. */
function itemOf(item: unknown, apiVersion: string, kind: string): unknown {
  if (!isMap(item) || item.kind !== undefined || kind === 'List') return item;
  return { apiVersion, kind: kind.replace(/List$/, ''), ...item };
}
