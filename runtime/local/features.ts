import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeatureService } from '../features/catalogue.ts';
import { createDuckDbFeatures } from '../features/duckdb/store.ts';
import type { ModelKey, ModelSpec } from '../model/types.ts';
import type { FeatureCounts } from '../proxy/feature-counts.ts';
import type { FeatureSource } from '../proxy/feature-read.ts';
import type { AuditTrail } from './audit.ts';
import { createFreshnessWatch } from './freshness.ts';
import type { LocalTenants } from './tenants.ts';
import type { InjectionName } from './view.ts';

export interface LocalFeaturesOptions {
  /** The tenants' folder: a view's file lies below its tenant's. */
  readonly tenants: string;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly onTrouble: (text: string) => void;
}

/** The embedded feature store and what is told of it. Nothing of it is loaded before a model reads features. */
export interface LocalFeatures {
  /** What the gateway reads by. */
  readonly source: FeatureSource;
  /** The services of the tenants' files, and their rows. A model whose file became wrong keeps the service it had. */
  apply(tenants: LocalTenants): void;
  /** Reads changed files again, beside everything else, and tells what became stale. To be called every second or so. */
  tick(specs: readonly ModelSpec[], counts: Pick<FeatureCounts, 'all'>): Promise<void>;
  disturb(active: readonly InjectionName[]): void;
  close(): Promise<void>;
}

/** What `slow-features` adds to each read: past any share of a budget below 700 ms. */
const SLOW_MS = 700;

export function createLocalFeatures({ tenants: folder, audit, onTrouble }: LocalFeaturesOptions): LocalFeatures {
  const services = new Map<ModelKey, FeatureService>();
  const store = createDuckDbFeatures({ folderOf: (tenant) => join(folder, tenant), report: onTrouble });
  const watch = createFreshnessWatch();
  let delayMs = 0;
  let busy = false;
  let reading = Promise.resolve();
  return {
    source: {
      service: (model) => services.get(model) ?? null,
      store: {
        async read(request, signal) {
          if (delayMs > 0) await pause(delayMs, undefined, { signal });
          return store.read(request, signal);
        },
        close: () => store.close(),
      },
    },
    apply(read) {
      for (const { tenant, name, features } of read.specs) if (features === undefined) services.delete(`${tenant}/${name}`);
      for (const [model, service] of read.services) services.set(model, service);
      reading = store.keep([...services.values()]); // its first reader waits for it, within its own time
    },
    async tick(specs, counts) {
      if (!busy) {
        busy = true;
        reading = reading.then(() => store.refresh()).finally(() => (busy = false)); // a large file takes seconds, and a tick must not
      }
      for (const fact of watch.tick(specs, services, counts)) await audit.write(fact);
    },
    disturb(active) {
      delayMs = active.includes('slow-features') ? SLOW_MS : 0;
    },
    async close() {
      await reading;
      await store.close();
    },
  };
}
