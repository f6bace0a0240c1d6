import type { Pricer } from './line.ts';
import { backupPricers } from './pricers/backup.ts';
import { clusterPricers } from './pricers/cluster.ts';
import { dataStorePricers } from './pricers/data-stores.ts';
import { kubernetesPricers } from './pricers/kubernetes.ts';
import { logPricers } from './pricers/logs.ts';
import { networkPricers } from './pricers/network.ts';
import { nodePricers } from './pricers/nodes.ts';
import { registryPricers } from './pricers/registry.ts';
import { storagePricers } from './pricers/storage.ts';

const PRICERS: ReadonlyMap<string, Pricer> = new Map(
  [
    networkPricers,
    clusterPricers,
    nodePricers,
    storagePricers,
    logPricers,
    dataStorePricers,
    backupPricers,
    registryPricers,
    kubernetesPricers,
  ].flatMap(Object.entries<Pricer>),
);

/** How a type of resource is charged; undefined for one that nobody described. */
export function pricerOf(type: string): Pricer | undefined {
  return PRICERS.get(type);
}

/** Every type with a pricer, for tests and the docs. */
export function pricedTypes(): readonly string[] {
  return [...PRICERS.keys()].sort();
}
