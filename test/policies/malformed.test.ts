import { describe, expect, test } from 'vitest';
import { RULES } from '../../policies/catalogue.ts';
import { resourcesOf } from '../../policies/fixtures.ts';
import { judge } from '../../policies/judge.ts';
import type { Resource } from '../../policies/resource.ts';
import type { Rule } from '../../policies/rule.ts';
import { EVERY_OPTION, TODAY } from './given.ts';
import { changedAt } from './mutations/values.ts';
import { UNKNOWN } from './parts.ts';

/** What a state that somebody edited, or a manifest of another version, may have in the place of anything. */
const STRANGE: readonly unknown[] = [null, undefined, 7, '', 'text', true, [], {}, [null], [[7]], { a: null }, UNKNOWN, [UNKNOWN], '{"Statement":7}'];

/** Every place in a value, itself first: `a.b.0`. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((path) => [key, ...path]))];
}

function ask(rule: Rule, resources: readonly Resource[]): string {
  try {
    judge({
      rules: [{ ...rule, scope: 'any' }],
      resources,
      config: { rules: { [rule.id]: { level: 'mandatory' } } },
      profile: 'prod',
      today: TODAY,
      tells: EVERY_OPTION,
    });
    return '';
  } catch (error) {
    return String(error);
  }
}

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))('$id', ({ rule }) => {
  test('throws at nothing, whatever stands in a resource', () => {
    const crashes = [rule.pass, rule.fail]
      .map((fixture) => resourcesOf(fixture))
      .flatMap((resources) =>
        resources.flatMap((resource) =>
          placesIn(resource.props).flatMap((path) =>
            STRANGE.flatMap((value) => {
              const props = path.length === 0 ? value : changedAt(resource.props, path, value);
              const crash = ask(
                rule,
                resources.map((each) => (each === resource ? { ...resource, props } : each)),
              );
              return crash === '' ? [] : [`${path.join('.')} = ${JSON.stringify(value)}: ${crash}`];
            }),
          ),
        ),
      );
    expect(crashes).toEqual([]);
  });
});
