import { stringify } from 'yaml';
import type { StructuralSchema } from './structural.ts';

/** One column of `kubectl get`; `wide`: only with `-o wide`. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'date';
  readonly jsonPath: string;
  readonly description: string;
  readonly wide?: true;
}

export interface DefinitionOf {
  readonly kind: string;
  /** Lower case; the object's name is `<plural>.weir.dev`. */
  readonly plural: string;
  readonly singular: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: StructuralSchema;
  readonly status: StructuralSchema;
  /** Rules over spec, status and name together. */
  readonly rules: StructuralSchema['x-kubernetes-validations'];
  readonly columns: readonly Column[];
  /** Paths that `kubectl get --field-selector` and watches may select by. */
  readonly selectable: readonly string[];
  /** The files that it is made from. */
  readonly sources: string;
}

/** Version 1.1, since the server reads a plain `no` as false; no anchors. */
const YAML = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

/** The YAML of a CustomResourceDefinition of the group `weir.dev`, version v1alpha1, with a status subresource. */
export function definitionYaml(of: DefinitionOf): string {
  const { kind, plural, singular, shortName } = of;
  const version = {
    name: 'v1alpha1',
    served: true,
    storage: true,
    subresources: { status: {} },
    additionalPrinterColumns: of.columns.map(({ wide, ...column }) => ({ ...column, ...(wide === true ? { priority: 1 } : {}) })),
    ...(of.selectable.length === 0 ? {} : { selectableFields: of.selectable.map((jsonPath) => ({ jsonPath })) }),
    schema: { openAPIV3Schema: objectSchema(of) },
  };
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.weir.dev` },
    spec: {
      group: 'weir.dev',
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames: [shortName], categories: ['weir'] },
      versions: [version],
    },
  };
  return `# made by \`npm run generate\`; edit ${of.sources} instead\n${stringify(crd, YAML)}`;
}

function objectSchema({ description, spec, status, rules }: DefinitionOf): StructuralSchema {
  const text = { type: 'string' };
  return {
    description,
    type: 'object',
    required: ['spec'],
    properties: { apiVersion: text, kind: text, metadata: { type: 'object' }, spec, status },
    ...(rules === undefined ? {} : { 'x-kubernetes-validations': rules }),
  };
}
