import type { Graph, Node, World } from '../../../cli/graph/node.ts';
import { isSecret, UNKNOWN } from '../../../cli/graph/secrets.ts';
import type { Sdks } from '../inputs/check-node.ts';
import type { Declarations } from '../inputs/declarations.ts';
import type { Fields, Shape } from '../inputs/shape.ts';
import { isObject } from '../inputs/values.ts';
import { attributeName, resourceName, terraformType } from './names.ts';
import { addressOf, isExported, type References, referencesOf } from './references.ts';

/** One entry of `planned_values`. */
export interface PlannedResource {
  readonly address: string;
  readonly mode: 'managed';
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly schema_version: 0;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What `terraform show -json` writes of a plan, as far as scanners read it. */
export interface TerraformPlan {
  readonly format_version: '1.2';
  readonly terraform_version: string;
  readonly planned_values: { readonly root_module: { readonly resources: readonly PlannedResource[] } };
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly ['create']; readonly before: null; readonly after: unknown };
  }[];
  readonly configuration: {
    readonly provider_config: Readonly<Record<string, unknown>>;
    readonly root_module: { readonly resources: readonly unknown[] };
  };
}

/** What stands for a secret: a scanner may know that there is one, and no more. */
const SECRET = '(secret)';

/**
 * A recorded graph as a Terraform plan: names in snake case, a block as a list of one. Where an input came from another resource stands that
 * resource's address, so that a scanner's rules about two resources see what belongs together.
 * @throws Error that names a type without a mapping.
 */
export function terraformPlan(graph: Graph, state: NonNullable<World['state']>, sdks: Sdks): TerraformPlan {
  const references = referencesOf(graph, state);
  const resources = [...graph.values()].filter(isExported).map((node) => plannedOf(node, references, sdks));
  const twice = resources.find((each, index) => resources.findIndex((other) => other.address === each.address) !== index);
  if (twice !== undefined) throw new Error(`two resources would be ${twice.address}`);
  return {
    format_version: '1.2',
    terraform_version: '1.11.0',
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ address, values }) => ({ address, change: { actions: ['create'], before: null, after: values } })),
    configuration: { provider_config: { aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws' } }, root_module: { resources: [] } },
  };
}

function plannedOf(node: Node, references: References, sdks: Sdks): PlannedResource {
  const declarations = sdks.forType(node.type);
  const fields = declarations?.args(node.type) ?? null;
  if (declarations === null || fields === null) throw new Error(`${node.type} is declared by no SDK`);
  const values = new Export(node, references, declarations).object(node.inputs, fields);
  const provider_name = `registry.terraform.io/hashicorp/${node.type.split(':')[0]}`;
  return {
    address: addressOf(node),
    mode: 'managed',
    type: terraformType(node.type),
    name: resourceName(node.name),
    provider_name,
    schema_version: 0,
    values,
  };
}

class Export {
  readonly #node: Node;
  readonly #references: References;
  readonly #declarations: Declarations;

  constructor(node: Node, references: References, declarations: Declarations) {
    this.#node = node;
    this.#references = references;
    this.#declarations = declarations;
  }

  object(inputs: Readonly<Record<string, unknown>>, fields: Fields): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(inputs).map(([property, value]) => {
        const shape = fields.get(property)?.shape ?? { kind: 'any' };
        return [attributeName(property, shape.kind === 'array' && this.#fields(shape.of) !== null), this.#value(value, shape)];
      }),
    );
  }

  #value(value: unknown, shape: Shape): unknown {
    if (isSecret(value)) return SECRET;
    if (value === UNKNOWN) return null;
    if (typeof value === 'string') return this.#references(this.#node, value) ?? value;
    if (Array.isArray(value)) return value.map((each: unknown) => this.#element(each, shape.kind === 'array' ? shape.of : { kind: 'any' }));
    if (!isObject(value)) return value;
    const fields = this.#fields(shape);
    if (fields !== null) return [this.object(value, fields)];
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#value(each, { kind: 'any' })]));
  }

  /** A block in a list of blocks is no list itself. */
  #element(value: unknown, shape: Shape): unknown {
    const fields = this.#fields(shape);
    return fields !== null && isObject(value) && !isSecret(value) ? this.object(value, fields) : this.#value(value, shape);
  }

  #fields(shape: Shape): Fields | null {
    if (shape.kind === 'union') return shape.of.map((each) => this.#fields(each)).find((each) => each !== null) ?? null;
    return shape.kind === 'input' ? this.#declarations.input(shape.name) : shape.kind === 'object' ? shape.fields : null;
  }
}
