import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Recording, World } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { isMap, merge, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { environment } from '../../stacks/environment.ts';
import { LAYERS, type Layer } from '../../stacks/topics.ts';
import { standInCloud } from './inputs/cloud.ts';

/** Every profile, as a whole and split into one stack for each layer: `<env>`, `<env>-platform` above it, `<env>-tenants` above both. */
export const PROFILES = ['dev', 'small', 'staging', 'prod'] as const;
export type CloudProfile = (typeof PROFILES)[number];

/** How much of an environment one stack builds. */
export type Split = 'whole' | 'foundation' | 'platform' | 'tenants';
export const SPLITS: readonly Split[] = ['whole', 'foundation', 'platform', 'tenants'];

/** What a stack file says below `weir:`; `small` has no file of its own and is staging's with another profile. */
export function stackValues(profile: CloudProfile): TreeMap {
  const file = profile === 'small' ? 'staging' : profile;
  const { config }: { config: TreeMap } = parse(readFileSync(`stacks/Pulumi.${file}.yaml`, 'utf8'));
  const values = Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^weir:/, ''), value]));
  return profile === 'small' ? { ...values, profile, network: { cidr: '10.23.0.0/16' } } : values;
}

/** Settings as Pulumi hands them to a program: everything as text. */
export function configOf(values: TreeMap): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`weir:${key}`, typeof value === 'string' ? value : JSON.stringify(value)]));
}

export interface Recorded {
  readonly split?: Split;
  /** Settings above those of the stack file. */
  readonly settings?: TreeMap;
  readonly world?: Omit<World, 'stack' | 'config'>;
}

/**
 * Records an environment's real program with its stack file's settings and a cloud that answers. A layer alone gets the recorded outputs of the
 * stack below it: the platform those of its foundation, the tenants those of one stack with both, as `prod-tenants` has it.
 */
export async function recordEnvironment(
  profile: CloudProfile,
  { split = 'whole', settings = {}, world: given = {} }: Recorded = {},
): Promise<Recording> {
  const world: NonNullable<Recorded['world']> = { state: standInCloud().state, ...given };
  const values = merge(stackValues(profile), settings);
  if (!isMap(values)) throw new Error('settings are a map');
  const alone = (layers: readonly Layer[]) => record(environment, { ...world, stack: profile, config: configOf({ ...values, layers: [...layers] }) });
  if (split === 'whole') return alone(LAYERS);
  if (split === 'foundation') return alone(['foundation']);
  const lower: readonly Layer[] = split === 'platform' ? ['foundation'] : ['foundation', 'platform'];
  const below = await record(environment, {
    ...world,
    preview: false,
    stack: profile,
    config: configOf({ ...values, layers: [...lower] }),
  });
  const { existing: _, ...own } = values;
  const state: World['state'] = (resource) =>
    resource.type === 'pulumi:pulumi:StackReference' ? { outputs: below.outputs } : (world.state?.(resource) ?? {});
  return record(environment, {
    ...world,
    state,
    stack: `${profile}-${split}`,
    config: configOf({ ...own, layers: [split], upstream: profile }),
  });
}
