import { stringify } from 'yaml';
import type { Scope } from '../../policies/admission/form.ts';
import { typeOf } from '../../policies/fixtures.ts';
import { type Fixture, type FixtureResource, PROFILES, type Rule } from '../../policies/rule.ts';
import { columns } from '../table.ts';
import { levelIn } from './levels.ts';

/** All that a rule says of itself, with an example of each kind. */
export function explainRule(rule: Rule): string {
  const { id, title, reason, remedy, severity, ids, settings = [], params = {} } = rule;
  const facts: readonly (readonly [string, string])[] = [
    ['why', reason],
    ['do', remedy],
    ...(ids.length === 0 ? [] : ([['ids', ids.join(', ')]] as const)),
    ...PROFILES.map((profile) => [`in ${profile}`, levelText(rule, profile)] as const),
    ...(settings.length === 0 ? [] : ([['settings', settings.map((setting) => `weir:${setting}`).join(', ')]] as const)),
    ...Object.entries(params).map(([name, param]) => ['parameter', `${name}: ${param.description} Default ${valueText(param.default)}.`] as const),
    ['seen in', seenText(rule)],
    ['admission', admissionText(rule)],
  ];
  return [
    `${id} (${severity}): ${title}`,
    columns(facts.map(([key, text]) => [`  ${key}`, text])),
    `Breaks it:\n${exampleText(rule.fail)}`,
    `Keeps it:\n${exampleText(rule.pass)}`,
  ].join('\n\n');
}

function levelText(rule: Rule, profile: (typeof PROFILES)[number]): string {
  const why = rule.exempt?.[profile];
  return why === undefined ? levelIn(rule, profile) : `disabled: ${why}`;
}

const valueText = (value: number | readonly string[]): string => (typeof value === 'number' ? String(value) : `[${value.join(', ')}]`);

function seenText(rule: Rule): string {
  const { scope, mustBeKnown = [] } = rule;
  const what = rule.kind === 'resource' ? rule.on.join(', ') : 'all resources together';
  const where = scope === 'weir' ? '; where something is Weir’s own' : '';
  const needs = rule.kind === 'graph' && (rule.needs ?? []).length > 0 ? `; needs ${(rule.needs ?? []).join(', ')}: a stack, no manifests` : '';
  const known = mustBeKnown.length === 0 ? '' : `; must be known in a preview: ${knownText(mustBeKnown)}`;
  return `${what}${where}${needs}${known}`;
}

/** Of pods the same property lies at another place in every kind. */
function knownText(paths: readonly string[]): string {
  const tails = [...new Set(paths.map((path) => path.replace(/^.*\b(?=(?:initContainers|containers|ephemeralContainers)\.)/, '')))];
  return tails.join(', ');
}

const SCOPES: Readonly<Record<Scope, string>> = {
  tenants: 'namespaces of tenants',
  platform: 'the platform’s own namespaces',
  'platform-behind-gateway': 'the platform’s namespaces but for the gateway’s',
  everywhere: 'every namespace',
  'own-cluster': 'all of a cluster that is Weir’s own',
};

function admissionText({ admission, heldBy, notAtAdmission }: Rule): string {
  if (admission === undefined && heldBy === 'pod-security') return 'Pod Security refuses it in namespaces of tenants, which are restricted';
  if (admission === undefined) {
    const why = notAtAdmission === undefined ? '' : `. ${notAtAdmission}`;
    return `not held by the cluster: the plan and the pack look before anything is made${why}`;
  }
  const kinds = admission.kinds.flatMap(({ resources }) => resources).join(', ');
  const passes = admission.lets === undefined ? '' : `; it lets pass: ${admission.lets}`;
  return `a ValidatingAdmissionPolicy refuses it in ${admission.scopes.map((scope) => SCOPES[scope]).join(' and ')} (${kinds})${passes}`;
}

/** Kubernetes objects as manifests, resources of a cloud as Pulumi's YAML has them. */
function exampleText(fixture: Fixture): string {
  const objects = fixture.every(({ type }) => type === undefined);
  const text = objects ? fixture.map(({ props }) => yaml(props)).join('---\n') : yaml({ resources: Object.fromEntries(fixture.map(resourceEntry)) });
  return text.trimEnd().replaceAll(/^/gm, '  ');
}

function resourceEntry(each: FixtureResource, index: number): readonly [string, object] {
  const { name, props, options = {} } = each;
  const shown = Object.keys(options).length === 0 ? {} : { options };
  return [name ?? (index === 0 ? 'example' : `example-${index + 1}`), { type: typeOf(each), properties: props, ...shown }];
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
