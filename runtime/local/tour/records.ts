import type { EventLog } from '../../eventlog/port.ts';
import { AUDIT_TOPIC, type AuditEvent } from '../../telemetry/events.ts';

/** Reads the audit trail from the log's own segment files, as an auditor would: not from the platform's memory, nor from the tour's. */
export interface Records {
  /** The first event from `since` on (an offset) that fits; polls until `deadlineMs` passed, then null. */
  first(since: number, fits: (event: AuditEvent) => boolean, deadlineMs: number): Promise<AuditEvent | null>;
  /** All events from an offset on, as of now. */
  all(since: number): Promise<readonly AuditEvent[]>;
  /** The offset that the next event will get. */
  now(): Promise<number>;
}

const POLL_MS = 100;
const BATCH = 500;

export function createRecords(log: Pick<EventLog, 'read' | 'offsets'>, now: () => number, signal: AbortSignal): Records {
  async function all(since: number): Promise<AuditEvent[]> {
    const events: AuditEvent[] = [];
    for (let from = since; ; ) {
      const batch = await log.read(AUDIT_TOPIC, 0, from, { maxRecords: BATCH });
      events.push(...batch.map((record): AuditEvent => JSON.parse(record.value.toString())));
      const last = batch.at(-1);
      if (last === undefined) return events;
      from = last.offset + 1;
    }
  }
  return {
    all,
    now: async () => (await log.offsets(AUDIT_TOPIC, 0)).next,
    async first(since, fits, deadlineMs) {
      for (const until = now() + deadlineMs; ; ) {
        const found = (await all(since)).find(fits);
        if (found !== undefined) return found;
        if (now() > until || signal.aborted) return null;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}
