import type { Graph, Node } from '../../../cli/graph/node.ts';
import { isSecret, UNKNOWN } from '../../../cli/graph/secrets.ts';

/** One value of a node's inputs, out of its secret envelope, and where it stands: `rules[0].schedule`. */
export interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** The known values at a path such as `rules.schedule`: lists on the way are walked through, and a list at its end gives each element. */
export function valuesAt(inputs: unknown, path: string): readonly Found[] {
  let at: readonly Found[] = elements({ path: '', value: inputs });
  for (const key of path.split('.')) {
    at = at.flatMap(({ path: before, value }) =>
      isObject(value) ? elements({ path: before === '' ? key : `${before}.${key}`, value: value[key] }) : [],
    );
  }
  return at;
}

function elements({ path, value }: Found): readonly Found[] {
  const inside = isSecret(value) ? value.value : value;
  if (inside === undefined || inside === null || inside === UNKNOWN) return [];
  return Array.isArray(inside)
    ? inside.flatMap((each: unknown, index) => elements({ path: `${path}[${index}]`, value: each }))
    : [{ path, value: inside }];
}

/** The first value at a path, when it is a text. */
export function textAt(inputs: unknown, path: string): string | null {
  const value = valuesAt(inputs, path)[0]?.value;
  return typeof value === 'string' ? value : null;
}

export function numberAt(inputs: unknown, path: string): number | null {
  const value = valuesAt(inputs, path)[0]?.value;
  return typeof value === 'number' ? value : null;
}

export function textsAt(inputs: unknown, path: string): readonly string[] {
  return valuesAt(inputs, path).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

/** Inputs with another value at a path; a list on the way has its first element changed, and what is missing is made. Null removes. */
export function withValue(inputs: unknown, path: string, value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = path.split('.');
  const before = isObject(inputs) ? inputs : {};
  if (rest.length === 0) {
    const { [key]: _, ...others } = before;
    return value === null ? others : { ...before, [key]: value };
  }
  const inner = before[key];
  const changed = (each: unknown) => withValue(each, rest.join('.'), value);
  return { ...before, [key]: Array.isArray(inner) ? [changed(inner[0]), ...inner.slice(1)] : changed(inner) };
}

/** The graph with one node's inputs replaced. */
export function withInputs(graph: Graph, node: Node, inputs: Node['inputs']): Graph {
  return new Map([...graph].map(([urn, each]) => [urn, urn === node.urn ? { ...node, inputs } : each]));
}

/** The node that a recorded id stands for: the recorder answers `<name>-id`. */
export function nodeOfId(graph: Graph, type: string, id: string | null): Node | null {
  return [...graph.values()].find((node) => node.type === type && `${node.name}-id` === id) ?? null;
}

/** The node that a name stands for: the one it was given, or its logical one, as the stand-in cloud answers. */
export function namedNode(graph: Graph, type: string, name: string | null): Node | null {
  return [...graph.values()].find((node) => node.type === type && (textAt(node.inputs, 'name') ?? node.name) === name) ?? nodeOfId(graph, type, name);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
