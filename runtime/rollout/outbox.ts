import type { ModelKey } from '../model/types.ts';
import type { ModelObject } from '../objects/port.ts';
import type { Registry } from '../registry/port.ts';
import type { RolloutPorts } from './act.ts';
import { noticesOf } from './audit.ts';
import type { ModelStatus } from './types.ts';

/** What follows a written status: telling people, tagging the registry. Kept in order, and until it is done; traffic never waits for it. */
export interface Outbox {
  add(before: ModelObject, after: ModelStatus): void;
  /** At a start: what the forerunner may have died before. */
  catchUp(object: ModelObject): void;
  /** Rejects when one cannot be done now; it stays first in line. */
  flush(): Promise<void>;
}

export function createOutbox(key: ModelKey, { notices, registry }: Pick<RolloutPorts, 'notices' | 'registry'>): Outbox {
  const waiting: (() => Promise<void>)[] = [];
  const queue = (object: ModelObject, before: ModelStatus | null, after: ModelStatus): void => {
    for (const notice of noticesOf(key, before, after)) {
      if (before === null && notices.wasSent(notice)) continue;
      waiting.push(() => notices.send(notice));
    }
    if (before?.locks !== after.locks) waiting.push(() => tagLocks(registry, object.spec.registry.model, before, after));
  };
  return {
    add: (object, after) => queue(object, object.status ?? unknownTo(after), after),
    catchUp(object) {
      if (object.status !== null) queue(object, null, object.status);
    },
    async flush() {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        await next();
        waiting.shift();
      }
    },
  };
}

/** A first status has no forerunner: all of it is new. */
function unknownTo(status: ModelStatus): ModelStatus {
  return { ...status, history: [], locks: [] };
}

/** Locks that came or went, as tags of their registry version. Idempotent: at a start, `before` null, all are written. */
async function tagLocks(registry: Registry, model: string, before: ModelStatus | null, after: ModelStatus): Promise<void> {
  for (const { version, digest, reason } of after.locks) {
    if (before?.locks.some((lock) => lock.digest === digest)) continue;
    await registry.tag(model, version, { locked: 'true', reason });
  }
  for (const { version, digest } of before?.locks ?? []) {
    if (!after.locks.some((lock) => lock.digest === digest)) await registry.tag(model, version, { locked: 'false', reason: '' });
  }
}
