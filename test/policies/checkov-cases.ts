import type { Graph, Node } from '../../cli/graph/node.ts';
import { EXAMPLE_ENVIRONMENT } from '../../cli/render/environment.ts';
import { objectsOf as objectsOfModel } from '../../cli/render/objects.ts';
import { resourcesOfGraph } from '../../policies/adapt/graph.ts';
import { resourcesOfObject } from '../../policies/adapt/objects.ts';
import { RULES } from '../../policies/catalogue.ts';
import { resourcesOf } from '../../policies/fixtures.ts';
import { judge } from '../../policies/judge.ts';
import type { Resource } from '../../policies/resource.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import type { Sdks } from '../support/inputs/check-node.ts';
import { nodeOf } from '../support/inputs/node-of.ts';
import { recordProfile } from '../support/inputs/profiles.ts';
import { objectsOf } from '../support/stack-objects.ts';
import { type TerraformPlan, terraformPlan } from '../support/terraform/plan.ts';
import { EVERY_OPTION, TODAY } from './given.ts';

/** The same resources for checkov and for the pack. */
export interface ComparedCase {
  /** `prod`, `models`, or the rule whose failing fixture it is. */
  readonly name: string;
  readonly plan: TerraformPlan;
  readonly objects: readonly object[];
  readonly resources: readonly Resource[];
}

/** Ids of the rules that a case breaks, without what stack files waive; of fixtures all rules are asked, whatever they are about. */
export function broken({ name, resources }: ComparedCase): ReadonlySet<string> {
  const rules = OWN.has(name) ? RULES : RULES.map((rule) => ({ ...rule, scope: 'any' as const }));
  const { findings, waived } = judge({ rules, resources, config: {}, profile: 'prod', today: TODAY, tells: EVERY_OPTION });
  return new Set([...findings, ...waived].map(({ rule }) => rule.id)); // what a rule excepts by design it has found
}

/** Cases of Weir's own; every other one is a fixture. */
export const OWN: ReadonlySet<string> = new Set(['prod', 'models']);

/** Prod's stack, what the controller applies for the example models, and the failing fixture of each rule. */
export async function comparedCases(sdks: Sdks): Promise<readonly ComparedCase[]> {
  return [await prod(sdks), await models(sdks), ...RULES.map((rule) => fixture(rule.id, resourcesOf(rule.fail), sdks))];
}

async function prod(sdks: Sdks): Promise<ComparedCase> {
  const { graph, state } = await recordProfile('prod');
  return {
    name: 'prod',
    plan: terraformPlan(graph, state, sdks),
    objects: objectsOf(graph).map(({ object }) => object),
    resources: resourcesOfGraph(graph.values()),
  };
}

async function models(sdks: Sdks): Promise<ComparedCase> {
  const folder = loadFolder('tenants', { profile: profileOf('prod') });
  const hash = await loadHash64();
  const known = folder.models.map(({ model }) => model);
  const rendered = known.flatMap((model) => objectsOfModel(model, folder, { environment: EXAMPLE_ENVIRONMENT, slot: 'a', hash }));
  const objects = new Map(rendered.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object])); // a pool comes with each of its models
  const outcomes = [...objects.values()].flatMap(resourcesOfObject);
  const resources = outcomes.flatMap((outcome) => (outcome.kind === 'resource' ? [outcome.resource] : []));
  return { name: 'models', plan: planOf([], sdks), objects: [...objects.values()], resources };
}

function fixture(name: string, resources: readonly Resource[], sdks: Sdks): ComparedCase {
  const objects = resources.flatMap(({ props }) => (typeof props === 'object' && props !== null && 'apiVersion' in props ? [props] : []));
  return { name, plan: planOf(resources, sdks), objects, resources };
}

/** What belongs together in a fixture is told by `dependencies`: the plan has a reference where a recorded id would stand. */
function planOf(resources: readonly Resource[], sdks: Sdks): TerraformPlan {
  const graph: Graph = new Map(resources.map((resource) => [resource.urn, nodeFor(resource)]));
  return terraformPlan(graph, () => ({}), sdks);
}

function nodeFor({ urn, type, name, props, options: { parent = '', dependencies = [] } }: Resource): Node {
  return { ...nodeOf(type, Object(props), name), urn, parent, dependencies, custom: !type.startsWith('weir:') };
}
