import type { KubernetesObject } from '../../../runtime/model/render/types.ts';

/** The one object of this kind and name; throws when there is none. */
export function objectOf(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined)
    throw new Error(`no ${kind} ${name} among ${objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ')}`);
  return found;
}

export interface BackendRef {
  readonly name: string;
  readonly weight: number;
  readonly filters: readonly unknown[];
}

export interface Rule {
  readonly matches: readonly { readonly headers?: readonly { readonly name: string }[] }[];
  readonly filters?: readonly unknown[];
  readonly backendRefs: readonly BackendRef[];
}

/** The rules of the only HTTPRoute. */
export function rulesOf(objects: readonly KubernetesObject[]): readonly Rule[] {
  const route = objects.find(({ kind }) => kind === 'HTTPRoute');
  const { rules }: { rules: readonly Rule[] } = JSON.parse(JSON.stringify(route?.spec));
  return rules;
}

/** The pod template of a Deployment. */
export function templateOf(objects: readonly KubernetesObject[], name: string): unknown {
  const { template }: { template: unknown } = JSON.parse(JSON.stringify(objectOf(objects, 'Deployment', name).spec));
  return template;
}

/** Every string anywhere in a value. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** A copy of an object with one value changed; places in lists are numbers as text, and `undefined` takes the value out. */
export function withValue(object: KubernetesObject, path: readonly string[], value: unknown): KubernetesObject {
  const copy: KubernetesObject = JSON.parse(JSON.stringify(object));
  set(copy, path, value);
  return copy;
}

function set(inside: unknown, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (typeof inside !== 'object' || inside === null) throw new Error(`nothing holds "${key}"`);
  if (rest.length > 0) set(Reflect.get(inside, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(inside, key);
  else Reflect.set(inside, key, value);
}
