import type { EventLog } from '../eventlog/port.ts';
import { AUDIT_TOPIC, type AuditEvent } from '../telemetry/events.ts';

/** What a part says happened; the trail adds id and time. */
export type AuditFact = Omit<AuditEvent, 'id' | 'at'>;

/** The audit trail: every line of the timeline is a record on `weir.audit`, and nothing else is shown there. */
export interface AuditTrail {
  write(fact: AuditFact): Promise<AuditEvent>;
  /** A line that has its id and time already. */
  put(event: AuditEvent): Promise<void>;
  /** The newest first, at most 200. */
  recent(): readonly AuditEvent[];
  /**
   * True when a line with this `data.notice` was written. Of the trail before its newest lines nothing is known: what happened then
   * counts as written, because whoever finds a line missing writes it at the next start, long before so many others follow.
   * @param at epoch milliseconds at which it happened.
   */
  has(notice: string, at: number): boolean;
  subscribe(listener: (event: AuditEvent) => void): () => void;
}

const KEPT = 200;

export async function openAuditTrail(log: EventLog, wallNow: () => number, newId: () => string): Promise<AuditTrail> {
  const listeners = new Set<(event: AuditEvent) => void>();
  let recent: readonly AuditEvent[] = (await tail(log)).toReversed();
  async function put(event: AuditEvent): Promise<void> {
    const { tenant, model, kind } = event;
    await log.append(AUDIT_TOPIC, 0, [
      { key: `${tenant}/${model}`, headers: { ce_type: `dev.weir.audit.${kind}` }, value: Buffer.from(JSON.stringify(event)) },
    ]);
    recent = [event, ...recent].slice(0, KEPT);
    for (const listener of listeners) listener(event);
  }
  return {
    put,
    async write(fact) {
      const event: AuditEvent = { id: newId(), at: new Date(wallNow()).toISOString(), ...fact };
      await put(event);
      return event;
    },
    recent: () => recent,
    has(notice, at) {
      const oldest = recent.length < KEPT ? undefined : recent.at(-1);
      return recent.some(({ data }) => data.notice === notice) || (oldest !== undefined && at < Date.parse(oldest.at));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The last lines of the trail as they were written before a restart, oldest first. */
async function tail(log: EventLog): Promise<AuditEvent[]> {
  const { first, next } = await log.offsets(AUDIT_TOPIC, 0);
  const records = await log.read(AUDIT_TOPIC, 0, Math.max(first, next - KEPT), { maxRecords: KEPT });
  return records.map(({ value }): AuditEvent => JSON.parse(value.toString()));
}
