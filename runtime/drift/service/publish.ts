import { sha256Of } from '../../canonical-json.ts';
import type { EventLog } from '../../eventlog/port.ts';
import { AUDIT_TOPIC, type AuditEvent, VERDICT_TOPIC } from '../../telemetry/events.ts';
import { isoOf } from '../windows.ts';
import type { WindowRecord } from './records.ts';

/** A line for the timeline, before it has id and wall time. `key` makes the id: the same fact said again is the same line. */
export interface Fact {
  readonly key: string;
  readonly kind: string;
  readonly source: 'drift' | 'responder';
  readonly tenant: string;
  readonly model: string;
  readonly text: string;
  /** Epoch seconds of event time. */
  readonly eventTime: number | null;
  readonly record: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Lines at the end of the trail that a start looks through for what it said before it died. */
const TAIL = 1000;

/** Writes facts to the audit trail, each once: what a killed process had already said is found in the trail's tail. */
export class Publisher {
  readonly #log: EventLog;
  readonly #wallNow: () => number;
  readonly #write: (event: AuditEvent) => Promise<void>;
  #said: Set<string> | null = null;

  constructor(log: EventLog, wallNow: () => number, write?: (event: AuditEvent) => Promise<void>) {
    this.#log = log;
    this.#wallNow = wallNow;
    this.#write = write ?? ((event) => appendAudit(log, event));
  }

  async say(fact: Fact): Promise<void> {
    this.#said ??= await saidBefore(this.#log);
    const { key, eventTime, ...rest } = fact;
    const id = sha256Of(`${fact.tenant}/${fact.model}/${key}`).slice('sha256:'.length, 'sha256:'.length + 32);
    if (this.#said.has(id)) return;
    await this.#write({ id, at: new Date(this.#wallNow()).toISOString(), eventTime: eventTime === null ? null : isoOf(eventTime), ...rest });
    this.#said.add(id);
  }

  /** A window's verdicts, for whoever follows the topic: at least once, told apart by version, feature and window. */
  async verdicts({ tenant, model, version, verdicts }: WindowRecord): Promise<void> {
    const key = `${tenant}/${model}/${version}`;
    const headers = { ce_type: 'dev.weir.drift.verdict', ce_specversion: '1.0', 'content-type': 'application/json' };
    const records = verdicts.map((verdict) => ({ key, headers, value: Buffer.from(JSON.stringify(verdict)) }));
    if (records.length > 0) await this.#log.append(VERDICT_TOPIC, 0, records);
  }
}

async function appendAudit(log: EventLog, event: AuditEvent): Promise<void> {
  const headers = { ce_type: `dev.weir.audit.${event.kind}` };
  await log.append(AUDIT_TOPIC, 0, [{ key: `${event.tenant}/${event.model}`, headers, value: Buffer.from(JSON.stringify(event)) }]);
}

async function saidBefore(log: EventLog): Promise<Set<string>> {
  const { first, next } = await log.offsets(AUDIT_TOPIC, 0);
  const records = await log.read(AUDIT_TOPIC, 0, Math.max(first, next - TAIL), { maxRecords: TAIL });
  return new Set(records.flatMap((record) => idOf(record.value)));
}

function idOf(value: Buffer): string[] {
  const event: Partial<AuditEvent> | null = JSON.parse(value.toString('utf8')); // the trail is written by Weir's own parts
  return typeof event?.id === 'string' ? [event.id] : [];
}
