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
  subscribe(listener: (event: AuditEvent) => void): () => void;
}

const KEPT = 200;

export async function openAuditTrail(log: EventLog, wallNow: () => number, newId: () => string): Promise<AuditTrail> {
  const listeners = new Set<(event: AuditEvent) => void>();
  let recent = (await tail(log)).reverse();
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
  return records.map((record) => JSON.parse(record.value.toString()) as AuditEvent);
}
