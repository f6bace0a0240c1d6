import type { Node } from '../../../cli/graph/node.ts';
import { isSecret, UNKNOWN } from '../../../cli/graph/secrets.ts';
import { nearest } from '../../../runtime/model/read/suggest.ts';
import { Declarations, listedValues } from './declarations.ts';
import type { Fields, Shape } from './shape.ts';

/** An input that the SDK's declarations do not allow. */
export interface InputProblem {
  readonly node: string;
  readonly type: string;
  /** `vpcConfig.subnetIds[2]`. */
  readonly path: string;
  readonly problem: string;
}

type Problem = Pick<InputProblem, 'path' | 'problem'>;

/** Every provider SDK that Weir's programs use, each read once. */
export class Sdks {
  readonly #each = new Map<string, Declarations>();

  of(sdk: string): Declarations {
    const known = this.#each.get(sdk);
    if (known !== undefined) return known;
    const made = new Declarations(sdk);
    this.#each.set(sdk, made);
    return made;
  }

  /** The declarations that hold a type; null for components, the stack itself and references to stacks, which no provider makes. */
  forType(type: string): Declarations | null {
    const [sdk = '', group, name = ''] = type.split(':');
    if (sdk === 'pulumi') return group === 'providers' ? this.of(name) : null;
    return sdk === 'weir' ? null : this.of(sdk);
  }
}

/**
 * Unknown keys, missing ones, wrong types, values outside of a declared list and deprecated properties. Secrets are looked into, unknown values
 * are taken for right. A component has no inputs to check; a Kubernetes kind without a class is left to the API server.
 */
export function checkNode(node: Node, sdks: Sdks): readonly InputProblem[] {
  const declarations = node.custom ? sdks.forType(node.type) : null;
  const fields = declarations?.args(node.type) ?? null;
  if (declarations === null || fields === null) return [];
  const inputs = node.type.startsWith('pulumi:providers:') ? fromJson(node.inputs, fields) : node.inputs;
  return new Check(declarations).object(inputs, fields, '').map((each) => ({ node: node.name, type: node.type, ...each }));
}

/** A provider's own arguments travel as strings of JSON, whatever their type. */
function fromJson(inputs: Node['inputs'], fields: Fields): Record<string, unknown> {
  const entries = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    const shape = fields.get(key)?.shape;
    return [key, typeof value === 'string' && value !== UNKNOWN && shape !== undefined && shape.kind !== 'string' ? JSON.parse(value) : value];
  });
  return Object.fromEntries(entries);
}

/** The provider takes both forms of these keys, the CRD's own with hyphens and the SDK's with underscores. */
const KUBERNETES_EXTENSION = /^x-kubernetes-/;

class Check {
  readonly #declarations: Declarations;

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
  }

  object(value: Readonly<Record<string, unknown>>, fields: Fields, path: string): readonly Problem[] {
    const problems: Problem[] = [];
    for (const [key, child] of Object.entries(value)) {
      const field = fields.get(KUBERNETES_EXTENSION.test(key) ? key.replaceAll('-', '_') : key);
      const at = path === '' ? key : `${path}.${key}`;
      if (field === undefined) problems.push({ path: at, problem: `is unknown${suggestion(key, [...fields.keys()])}` });
      else if (field.deprecated !== null) problems.push({ path: at, problem: `is deprecated: ${field.deprecated}` });
      if (field !== undefined) problems.push(...this.value(child, field.shape, at));
    }
    for (const [key, field] of fields) {
      const absent = value[key] === undefined || value[key] === null;
      if (field.required && absent) problems.push({ path: path === '' ? key : `${path}.${key}`, problem: 'is required and missing' });
    }
    return problems;
  }

  value(given: unknown, shape: Shape, path: string): readonly Problem[] {
    const value = isSecret(given) ? given.value : given;
    if (value === undefined || value === null || value === UNKNOWN) return [];
    if (shape.kind === 'any') return [];
    if (shape.kind === 'string' || shape.kind === 'number' || shape.kind === 'boolean') {
      return typeof value === shape.kind ? [] : [wrong(path, value, `a ${shape.kind}`)];
    }
    if (shape.kind === 'array') {
      if (!Array.isArray(value)) return [wrong(path, value, 'a list')];
      return value.flatMap((each: unknown, index) => this.value(each, shape.of, `${path}[${index}]`));
    }
    if (shape.kind === 'literal' || shape.kind === 'enum' || shape.kind === 'union') return this.#oneOf(value, shape, path);
    return this.#inside(value, shape, path);
  }

  /** What has keys. */
  #inside(value: unknown, shape: Extract<Shape, { readonly kind: 'map' | 'object' | 'input' | 'asset' }>, path: string): readonly Problem[] {
    const what = shape.kind === 'map' ? 'a map' : shape.kind === 'asset' ? 'an asset' : 'an object';
    if (!isObject(value)) return [wrong(path, value, what)];
    if (shape.kind === 'asset') return [];
    if (shape.kind === 'map') return Object.entries(value).flatMap(([key, each]) => this.value(each, shape.of, `${path}.${key}`));
    return this.object(value, shape.kind === 'object' ? shape.fields : this.#declarations.input(shape.name), path);
  }

  /** A list of values, or alternatives: of those the one that is nearest tells what is wrong. */
  #oneOf(value: unknown, shape: Shape, path: string): readonly Problem[] {
    const listed = listedValues(shape, this.#declarations);
    if (listed !== null) {
      if (listed.includes(String(value))) return [];
      return [{ path, problem: `is "${String(value)}" and must be one of ${listed.join(', ')}${suggestion(String(value), listed)}` }];
    }
    const alternatives = shape.kind === 'union' ? shape.of : [];
    const tried = alternatives.map((each) => this.value(value, each, path)).sort((a, b) => a.length - b.length || depth(b) - depth(a));
    return tried[0] ?? [];
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** How far inside the first problem lies: an alternative that fails deeper was the one that was meant. */
const depth = (problems: readonly Problem[]): number => problems[0]?.path.length ?? 0;

function wrong(path: string, value: unknown, expected: string): Problem {
  const shown = Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : JSON.stringify(value);
  return { path, problem: `is ${shown} and must be ${expected}` };
}

function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === null ? '' : `: did you mean ${near}?`;
}
