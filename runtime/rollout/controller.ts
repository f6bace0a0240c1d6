import { bucketOf, type Hash64 } from '../model/hash.ts';
import { keyOf, type ModelKey } from '../model/types.ts';
import type { ModelObject } from '../objects/port.ts';
import { act, type RolloutPorts, record } from './act.ts';
import { decide } from './decide/decide.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { EpochStore } from './ports.ts';
import { toldOnce } from './told-once.ts';
import type { Decision } from './types.ts';
import { readWorld } from './world.ts';

export interface Controller {
  /** One tick over all models. Never rejects: an error of one model is reported and stops no other. */
  tick(): Promise<void>;
  readonly epoch: number;
}

export interface ControllerOptions {
  readonly ports: RolloutPorts;
  /** Taken by `takeEpoch` before the first tick. */
  readonly epoch: number;
  readonly now: () => number;
  readonly hash: Hash64;
  /** Told once while an error lasts, not at every tick. */
  readonly onError: (key: ModelKey, message: string) => void;
}

const ROUNDS = 8;

/** One serial queue per model: read fresh, decide, one write, again; at most 8 rounds a tick (10-rollout, 3). */
export function createController(options: ControllerOptions): Controller {
  const queues = new Map<ModelKey, ModelQueue>();
  const errors = toldOnce((message) => options.onError('*/*', message));
  return {
    epoch: options.epoch,
    async tick() {
      const models = await options.ports.objects.models().catch((error: unknown) => {
        errors.report(error);
        return [];
      });
      errors.endTick();
      await Promise.all(models.map(({ spec }) => queueOf(queues, keyOf(spec), options).tick()));
    },
  };
}

/** epoch = 1 + the highest that was ever taken or stands on a route: an older controller's writes are refused from now on. */
export async function takeEpoch(store: EpochStore, ports: Pick<RolloutPorts, 'objects' | 'traffic'>): Promise<number> {
  const routes = await Promise.all((await ports.objects.models()).map(({ spec }) => ports.traffic.route(keyOf(spec))));
  const epoch = 1 + Math.max(await store.read(), 0, ...routes.map((route) => route?.epoch ?? 0));
  await store.write(epoch);
  return epoch;
}

interface ModelQueue {
  tick(): Promise<void>;
}

function queueOf(queues: Map<ModelKey, ModelQueue>, key: ModelKey, options: ControllerOptions): ModelQueue {
  const queue = queues.get(key) ?? createQueue(key, options);
  queues.set(key, queue);
  return queue;
}

function createQueue(key: ModelKey, options: ControllerOptions): ModelQueue {
  const start = bucketOf(options.hash, key);
  const outbox = createOutbox(key, options.ports);
  let busy = false;
  let firstTick = true;
  const errors = toldOnce((message) => options.onError(key, message));
  const report = (error: unknown): void => errors.report(error);
  return {
    async tick() {
      if (busy) return; // a write that takes longer than a tick: the next tick goes on from what it left
      busy = true;
      try {
        await rounds(key, { start, firstTick, outbox, report }, options);
        firstTick = false;
      } catch (error) {
        report(error);
      }
      await outbox.flush().catch(report);
      errors.endTick();
      busy = false;
    },
  };
}

interface Tick {
  readonly start: number;
  readonly firstTick: boolean;
  readonly outbox: Outbox;
  readonly report: (error: unknown) => void;
}

async function rounds(key: ModelKey, { start, firstTick, outbox, report }: Tick, { ports, epoch, now }: ControllerOptions): Promise<void> {
  let moved = false;
  let routeFailed = false;
  for (let round = 0; round < ROUNDS; round++) {
    const object = await ports.objects.model(key);
    if (object === null) return;
    if (firstTick && round === 0) outbox.catchUp(object);
    const at = now();
    const time = new Date(at).toISOString();
    const world = await readWorld(ports, object, { epoch, start, moved, routeFailed, firstTick, now: at, report });
    const decision = decide(world, at);
    if (decision.kind === 'Wait') return;
    try {
      await act(ports, object, world, decision, time);
    } catch (error) {
      // A gateway that refuses must not blind the guards: reported, and tried again at the next tick.
      if (decision.kind !== 'WriteRoute') throw error;
      routeFailed = true;
      report(error);
    }
    if ('status' in decision) outbox.add(object, decision.status);
    attempted(report, () => record(ports, object, world, decision, time));
    moved ||= isForward(object, decision);
  }
}

/** The decision record serves people later: a disk that refuses it is reported, and holds up neither traffic nor what people are told. */
function attempted(report: (error: unknown) => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    report(error);
  }
}

/** A tick makes one forward move at most. */
function isForward({ status }: ModelObject, decision: Decision): boolean {
  if (!('status' in decision)) return false;
  const { phase, attempt } = decision.status;
  return phase !== (status?.phase ?? 'Stable') || attempt?.step.index !== status?.attempt?.step.index;
}
