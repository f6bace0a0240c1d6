import type { Resource } from '../../../policies/resource.ts';

/** How an unknown text travels (pulumi/pulumi, sdk/nodejs/runtime/rpc.ts). */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** The same resources once for each value in them, at any depth, with that one not known yet. */
export function withUnknowns(resources: readonly Resource[]): readonly (readonly Resource[])[] {
  return resources.flatMap((resource, index) => variants(resource.props).map((props) => resources.with(index, { ...resource, props })));
}

/** What a resource is, no program leaves open. */
const IDENTITY = new Set(['apiVersion', 'kind']);

function variants(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => changes(item).map((changed) => value.with(index, changed)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (IDENTITY.has(key) ? [] : changes(item).map((changed) => ({ ...value, [key]: changed }))));
}

const changes = (item: unknown): readonly unknown[] => [UNKNOWN, ...variants(item)];
