import { RULES } from '../../policies/catalogue.ts';
import { judge } from '../../policies/judge.ts';
import type { Resource } from '../../policies/resource.ts';
import { EVERY_OPTION, TODAY } from './given.ts';

/** So many resources of the same shape: copies of an environment, each with names and links of its own. */
export function manyResources(environment: readonly Resource[], count: number): readonly Resource[] {
  return Array.from({ length: count }, (_, index) => {
    const copy = Math.floor(index / environment.length);
    const resource = environment[index % environment.length];
    if (resource === undefined) throw new Error('there is nothing to copy');
    const own = (urn: string): string => (urn === '' ? '' : `${urn}-${copy}`);
    const { dependencies = [], parent = '' } = resource.options;
    const options = { ...resource.options, dependencies: dependencies.map(own), parent: own(parent) };
    return { ...resource, urn: own(resource.urn), name: own(resource.name), options };
  });
}

/** The best of so many: what else runs on the machine only adds. */
const ROUNDS = 3;

/** CPU of this process, all its threads, for judging resources by every rule, or for writing them as JSON. */
export function millisecondsOf(what: 'judge' | 'json', resources: readonly Resource[]): number {
  const work = {
    judge: () => judge({ rules: RULES, resources, config: {}, profile: 'prod', today: TODAY, tells: EVERY_OPTION }),
    json: () => JSON.stringify(resources),
  }[what];
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
