import { nameOf, resourcesOf } from '../../policies/fixtures.ts';
import { judge } from '../../policies/judge.ts';
import type { Fixture, ParamValue, Rule } from '../../policies/rule.ts';
import { EVERY_OPTION, TODAY } from './given.ts';
import { changedAt } from './mutations/values.ts';

/** A value that is only known after `up`. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** One property of one of a fixture's resources, and what it becomes; undefined takes it out. */
export interface Change {
  /** Default: the first. */
  readonly of?: string;
  /** `a.b.0.c`. */
  readonly path: string;
  readonly to: unknown;
}

export function changed(fixture: Fixture, { of, path, to }: Change): Fixture {
  const subject = fixture.find((each) => of === undefined || nameOf(each) === of);
  if (subject === undefined) throw new Error(`the fixture has no ${of}`);
  return fixture.map((each) => (each === subject ? { ...each, props: propsOf(changedAt(each.props, path.split('.'), to)) } : each));
}

const propsOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) throw new Error('properties are a map');
  return Object.fromEntries(Object.entries(value));
};

/** What a rule says of a fixture, each as `name path`, in prod. */
export const foundIn = (rule: Rule, fixture: Fixture, params: Readonly<Record<string, ParamValue>> = {}): readonly string[] =>
  asked(rule, fixture, params).findings.map(({ resource, path }) => `${resource.name} ${path}`);

/** What a rule could not decide, each as `name path`. */
export const undecidedIn = (rule: Rule, fixture: Fixture): readonly string[] =>
  asked(rule, fixture, {}).undecided.map(({ resource, path }) => `${resource.name} ${path}`);

function asked(rule: Rule, fixture: Fixture, params: Readonly<Record<string, ParamValue>>) {
  const config = { rules: { [rule.id]: { level: 'mandatory' as const, params } } };
  return judge({ rules: [rule], resources: resourcesOf(fixture), config, profile: 'prod', today: TODAY, tells: EVERY_OPTION });
}
