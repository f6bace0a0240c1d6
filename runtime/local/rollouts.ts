import { join } from 'node:path';
import type { EventLog } from '../eventlog/port.ts';
import { readJsonIfThere, writeWhole } from '../files.ts';
import type { Hash64 } from '../model/hash.ts';
import { keyOf } from '../model/types.ts';
import type { ObjectStore } from '../objects/port.ts';
import type { Gateway } from '../proxy/gateway.ts';
import type { RouteTable } from '../proxy/routes.ts';
import type { Registry } from '../registry/port.ts';
import type { RolloutPorts } from '../rollout/act.ts';
import { createBundles } from '../rollout/bundles.ts';
import { createController, takeEpoch } from '../rollout/controller.ts';
import { inferOverHttp } from '../rollout/gates/infer.ts';
import { createGates } from '../rollout/gates/runner.ts';
import type { ModelServer } from '../serving/model-server.ts';
import type { AuditTrail } from './audit.ts';
import { failedRequests } from './failed-requests.ts';
import type { StateFolder } from './state-folder.ts';

export interface RolloutParts {
  readonly folder: StateFolder;
  readonly objects: ObjectStore;
  readonly registry: Registry;
  readonly models: ModelServer;
  readonly routes: RouteTable;
  readonly gateway: Gateway;
  readonly log: EventLog;
  readonly audit: AuditTrail;
  readonly hash: Hash64;
  readonly now: () => number;
  readonly onTrouble: (text: string) => void;
}

export interface Rollouts {
  tick(): Promise<void>;
  /** Loads what the routes point at, as it was before a restart, and waits until it serves: the first request finds a model. */
  warm(): Promise<void>;
}

const WARM_MS = 15_000;

/** The rollout controller with the embedded adapters. */
export async function startRollouts(parts: RolloutParts): Promise<Rollouts> {
  const { folder, objects, registry, models, routes, now } = parts;
  const ports: RolloutPorts = {
    objects,
    registry,
    workloads: models,
    traffic: routes,
    readings: parts.gateway.sampler,
    gates: createGates({
      registry,
      infer: inferOverHttp((key, slot) => models.endpoint(key, slot)),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    bundles: createBundles({ directory: folder.root, now, samples: (key) => failedRequests(parts.log, key) }),
    notices: {
      send: async (notice) => void (await parts.audit.write(notice)),
      wasSent: ({ data }) => parts.audit.has(String(data.notice), Date.parse(String(data.at))),
    },
  };
  const file = join(folder.root, 'epoch.json');
  const epochs = {
    read: async () => readJsonIfThere(file, isEpoch, 'Remove the file: the epochs of the routes count then.') ?? 0,
    write: async (epoch: number) => writeWhole(file, String(epoch), true),
  };
  const controller = createController({
    ports,
    epoch: await takeEpoch(epochs, ports),
    now,
    hash: parts.hash,
    onError: (key, message) => parts.onTrouble(`rollout of ${key}: ${message}`),
  });
  return { tick: () => controller.tick(), warm: () => warm(parts) };
}

async function warm({ objects, routes, models }: RolloutParts): Promise<void> {
  const until = performance.now() + WARM_MS;
  for (const { spec } of await objects.models()) {
    const key = keyOf(spec);
    const route = routes.current(key);
    if (route === null) continue;
    const slots = (['a', 'b'] as const).filter((slot) => route.positions.some((position) => position.slot === slot));
    for (const slot of slots) {
      const version = route.versions[slot];
      if (version !== null) await models.apply(key, slot, version);
    }
    const loading = async (): Promise<boolean> => (await models.pods(key)).some(({ slot, phase }) => slots.includes(slot) && phase === 'Loading');
    while ((await loading()) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isEpoch = (value: unknown): value is number => Number.isSafeInteger(value);
