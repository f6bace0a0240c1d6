import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as k8s from '@pulumi/kubernetes';
import { parse, parseAllDocuments } from 'yaml';

/** The charts' folder, wherever the program was started: `pulumi up` runs below stacks/. */
const CHARTS = fileURLToPath(new URL('../../charts/', import.meta.url));

/** An object as it stands in charts/. */
export interface Manifest<Spec> {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

export type Definition = Manifest<k8s.types.input.apiextensions.v1.CustomResourceDefinitionSpec>;
export type Policy = Manifest<k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec>;
export type Binding = Manifest<k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec>;

export interface ModelApiPlan {
  /** What a `Model` and a `ModelAction` are, by name. */
  readonly definitions: readonly Definition[];
  /** Rules that a definition cannot say. */
  readonly policies: readonly Policy[];
  readonly bindings: readonly Binding[];
}

/** Reads charts/crds and charts/policies, each in the order of file names. */
export function planModelApi(charts = CHARTS): ModelApiPlan {
  const rules = filesOf(`${charts}policies`).flatMap((text) => parseAllDocuments(text).map((document): unknown => document.toJS()));
  return {
    definitions: filesOf(`${charts}crds`).map((text) => definitionOf(text)),
    policies: rules.filter((rule): rule is Policy => hasKind(rule, 'ValidatingAdmissionPolicy')),
    bindings: rules.filter((rule): rule is Binding => hasKind(rule, 'ValidatingAdmissionPolicyBinding')),
  };
}

function filesOf(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
}

function definitionOf(text: string): Definition {
  const definition: Definition = parse(text);
  return definition;
}

const hasKind = (value: unknown, kind: string): boolean => typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
