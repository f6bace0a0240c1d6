import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ManyModels {
  /** The one file that is wrong, and where. */
  readonly bad: { readonly path: string; readonly line: number };
}

/** Writes so many model files, as people write them, over some tenants with settings and features of their own. One file is wrong. */
export function writeManyModels(folder: string, count: number, tenants = 20): ManyModels {
  for (let tenant = 0; tenant < tenants; tenant++) {
    mkdirSync(join(folder, `team-${tenant}`, 'models'), { recursive: true });
    writeFileSync(join(folder, `team-${tenant}`, 'tenant.yaml'), settings(tenant, Math.ceil(count / tenants)));
    writeFileSync(join(folder, `team-${tenant}`, 'features.yaml'), FEATURES);
  }
  for (let index = 0; index < count; index++) {
    const form = FORMS[index % FORMS.length] ?? '';
    writeFileSync(pathOf(folder, index, tenants), `model: m-${index}\nowner: team\nregistry: {version: ${1 + (index % 50)}}\n${form}`);
  }
  const bad = pathOf(folder, Math.floor(count / 2), tenants);
  const name = `m-${Math.floor(count / 2)}`;
  writeFileSync(bad, `model: ${name}\nowner: team\nregistry: {version: 1}\nserving: {latency: 50ms, gpu: fractoin}\n${INLINE}`);
  return { bad: { path: bad, line: 4 } };
}

const pathOf = (folder: string, index: number, tenants: number): string => join(folder, `team-${index % tenants}`, 'models', `m-${index}.yaml`);

const settings = (tenant: number, models: number): string => `tenant: team-${tenant}
owner: team
contacts: {email: team@example.com}
groups: {operators: [team]}
quota: {cpu: 100000, memory: 90000Gi, storage: 900Ti, models: ${models}}
budget: {monthly: 1000000}
defaults:
  slo: {availability: 0.999}
  drift: {cadence: 15m}
`;

const FEATURES = `entities: {card: {key: card_id}}
views:
  card_stats:
    entity: card
    freshness: 15m
    source: {table: card_stats}
    fields: {spend_7d: numeric, home_country: categorical}
services:
  fraud_v3: [card_stats]
`;

const INLINE = `inputs: {amount: numeric, country: categorical}
outputs: {score: probability}
`;

/** The ten lines with inputs, the ten lines with features, and one that says more. */
const FORMS = [
  `serving: {latency: 50ms}
${INLINE}labels: {event: chargeback, delay: 45d}
fallback: {score: 0.02}
rollout: standard
`,
  `serving: {latency: 50ms}
features: {service: fraud_v3}
outputs: {score: probability}
labels: {event: chargeback, delay: 45d}
fallback: {score: 0.02}
rollout: standard
`,
  `description: Says more than most.
serving:
  latency: 150ms
  resources: {cpu: 1, memory: 2Gi}
  batching: {max: 32, delay: 5ms}
  autoscaling:
    max: 3
    peaks: [{name: evening, from: "0 16 * * *", to: "0 21 * * *", zone: Europe/Berlin, replicas: 3}]
inputs:
  distance_km: {kind: numeric, domain: {min: 0, max: 2000}}
  parcels_ahead: numeric # how many come first
  depot: categorical
outputs: {minutes: {kind: numeric, domain: {min: 0, max: 10000}}}
labels: {event: delivered_minutes, delay: 2d}
fallback: {minutes: 2880}
traffic: {usual: 6, peak: 25, errors: 0.003, compute: 9ms}
drift: {segments: {field: depot, values: [berlin, hamburg, munich]}}
rollout: {preset: standard, steps: [{weight: 25}, {weight: 50}]}
`,
] as const;
