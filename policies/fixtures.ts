import { type Resource, typeOfObject } from './resource.ts';
import type { Fixture, FixtureResource } from './rule.ts';

/** A fixture as resources of a stack: names in `dependencies`, `parent` and `provider` become URNs. */
export function resourcesOf(fixture: Fixture, stack = 'fixture'): readonly Resource[] {
  const urns = new Map(fixture.map((each) => [nameOf(each), urnOf(each, stack)]));
  const urn = (name: string): string => urns.get(name) ?? name;
  return fixture.map((each) => {
    const { dependencies, parent, provider, ...options } = each.options ?? {};
    return {
      urn: urnOf(each, stack),
      type: typeOf(each),
      name: nameOf(each),
      props: each.props,
      options: {
        ...options,
        parent: parent === undefined ? '' : urn(parent),
        dependencies: (dependencies ?? []).map(urn),
        ...(provider === undefined ? {} : { provider: urn(provider) }),
      },
    };
  });
}

const urnOf = (each: FixtureResource, stack: string): string => `urn:pulumi:${stack}::policies::${typeOf(each)}::${nameOf(each)}`;

export function typeOf({ type, props: { apiVersion, kind } }: FixtureResource): string {
  if (type !== undefined) return type;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw new Error('a fixture without a type is no Kubernetes object');
  return typeOfObject(apiVersion, kind);
}

export function nameOf({ name, props: { metadata } }: FixtureResource): string {
  if (name !== undefined) return name;
  const own: unknown = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined;
  return typeof own === 'string' ? own : 'example';
}
