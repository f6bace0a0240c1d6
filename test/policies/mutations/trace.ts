import { judge } from '../../../policies/judge.ts';
import type { Resource } from '../../../policies/resource.ts';
import type { Rule } from '../../../policies/rule.ts';
import { EVERY_OPTION, TODAY } from '../given.ts';

/** A property that a rule has looked at, or has looked for. */
export interface Seen {
  readonly urn: string;
  readonly path: readonly string[];
}

/** Asks one rule, whatever its level. */
export function asked(rules: readonly Rule[], resources: readonly Resource[]) {
  const level = Object.fromEntries(rules.map(({ id }) => [id, { level: 'mandatory' as const }]));
  return judge({ rules, resources, config: { rules: level }, profile: 'prod', today: TODAY, tells: EVERY_OPTION });
}

/** Every property that a rule reads of these resources, by watching it: what can be mutated with any hope. */
export function seenBy(rule: Rule, resources: readonly Resource[]): readonly Seen[] {
  const seen = new Map<string, Seen>();
  const watched = resources.map((resource) => {
    const note = (path: readonly string[]): void => {
      seen.set(`${resource.urn} ${path.join('/')}`, { urn: resource.urn, path });
    };
    return { ...resource, props: watch(resource.props, [], note) };
  });
  asked([rule], watched);
  return [...seen.values()];
}

function watch(value: unknown, path: readonly string[], note: (path: readonly string[]) => void): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const told = (key: string | symbol): readonly string[] => {
    const at = typeof key === 'string' ? [...path, key] : path;
    if (typeof key === 'string' && key !== 'length') note(at);
    return at;
  };
  return new Proxy(value, {
    get: (target, key) => watch(Reflect.get(target, key), told(key), note),
    getOwnPropertyDescriptor: (target, key) => {
      told(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}
