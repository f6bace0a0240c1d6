import { modulesOf, providerPackages } from '../../../cli/rehearse/packages.ts';
import { RULES } from '../../../policies/catalogue.ts';
import { nameOf, resourcesOf, typeOf } from '../../../policies/fixtures.ts';
import type { Resource } from '../../../policies/resource.ts';
import type { Fixture } from '../../../policies/rule.ts';
import { type Given, STACK } from './policy-engine.ts';

/** The fixtures of every rule in one stack: as a program's resources, and as the pure call takes them. */
export interface AllFixtures {
  readonly given: readonly Given[];
  readonly resources: readonly Resource[];
}

/** Each rule's resources keep their names behind the rule's id, so that none meets another's. */
export function allFixtures(which: 'pass' | 'fail'): AllFixtures {
  const fixture: Fixture = RULES.flatMap((rule) =>
    rule[which].map((each) => {
      const own = (name: string): string => `${rule.id}-${name}`;
      const { dependencies, provider, ...options } = each.options ?? {};
      const links = {
        ...(dependencies === undefined ? {} : { dependencies: dependencies.map(own) }),
        ...(provider === undefined ? {} : { provider: own(provider) }),
      };
      return { ...each, name: own(nameOf(each)), options: { ...options, ...links } };
    }),
  );
  return {
    resources: withDefaultProviders(resourcesOf(fixture, STACK)),
    given: fixture.map((each) => ({ type: typeOf(each), name: nameOf(each), props: each.props, ...each.options })),
  };
}

/** The engine makes a provider for what names none, and lets policies see it. */
export function withDefaultProviders(resources: readonly Resource[]): readonly Resource[] {
  const providers = new Map(
    providerPackages(modulesOf('.')).map(({ name, version }): [string, Resource] => {
      const [type, provider] = [`pulumi:providers:${name}`, `default_${version.replaceAll('.', '_')}`];
      return [
        name,
        { urn: `urn:pulumi:${STACK}::policies::${type}::${provider}`, type, name: provider, props: { version }, options: { parent: '' } },
      ];
    }),
  );
  const served = resources.map((each): Resource => {
    const urn = each.options.provider ?? providers.get(each.type.split(':')[0] ?? '')?.urn;
    return urn === undefined ? each : { ...each, options: { ...each.options, provider: urn } };
  });
  const used = new Set(served.map(({ options }) => options.provider));
  return [...[...providers.values()].filter(({ urn }) => used.has(urn)), ...served];
}
