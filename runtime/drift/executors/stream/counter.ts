import type { LogRecord } from '../../../eventlog/port.ts';
import type { PredictionEvent } from '../../../telemetry/events.ts';
import { mergeRows } from '../../profile/row.ts';
import type { Profile, ProfileRow, Reference } from '../../types.ts';
import { decodeEvent } from './event.ts';
import { type CompiledModel, compileModel, type GrowingRow } from './model.ts';

/** Finds the reference of a version, or null when it has none. Asked once for a version that has one: references never change. */
export type ReferenceLookup = (model: string, version: string, tenant: string) => Reference | null;

/** Counts records into one-minute rows. What it counts depends on the records alone, never on a clock or on the order they come in. */
export interface Counter {
  add(record: LogRecord): void;
  /** @param brokerTime milliseconds since 1970: decides `late`. */
  addEvent(event: PredictionEvent, brokerTime: number): void;
  /** Bytes of the rows that were not taken yet. */
  bytes(): number;
  /** What was counted since the last `clear`. */
  peek(): Counted;
  clear(): void;
  /** `peek`, then `clear`. */
  take(): Counted;
}

export type Counted = Pick<Profile, 'rows' | 'decodeErrors' | 'unreferenced'>;

const MINUTE = 60;
const HOUR_MS = 3_600_000;
/** Records later than this after the end of their hour miss its verdict, and enter the daily one (20-drift, 6). */
export const LATE_MS = 900_000;
/** A typed array's own size and its places in maps, about. */
const ROW_OVERHEAD = 400;

interface Open {
  readonly key: Pick<ProfileRow, 'tenant' | 'model' | 'version' | 'arm' | 'window'>;
  readonly model: CompiledModel;
  readonly row: GrowingRow;
}

export function createCounter(references: ReferenceLookup): Counter {
  return new StreamCounter(references);
}

class StreamCounter implements Counter {
  readonly #references: ReferenceLookup;
  readonly #models = new Map<string, CompiledModel>();
  #open = new Map<string, Open>();
  #decodeErrors = 0;
  #unreferenced = 0;
  #bytes = 0;

  constructor(references: ReferenceLookup) {
    this.#references = references;
  }

  add(record: LogRecord): void {
    const event = decodeEvent(record.value);
    if (event === null) this.#decodeErrors += 1;
    else this.addEvent(event, record.time);
  }

  addEvent(event: PredictionEvent, brokerTime: number): void {
    const time = Date.parse(event.time);
    if (Number.isNaN(time)) {
      this.#decodeErrors += 1;
      return;
    }
    const model = this.#modelOf(event);
    if (model === null) {
      this.#unreferenced += 1;
      return;
    }
    const row = this.#rowOf(event, MINUTE * Math.floor(time / (1000 * MINUTE)), model);
    model.count(event, row);
    if (brokerTime - HOUR_MS * (Math.floor(time / HOUR_MS) + 1) > LATE_MS) row.late += 1;
  }

  bytes(): number {
    return this.#bytes;
  }

  peek(): Counted {
    return { rows: mergeRows([...this.#open.values()].map(closeRow)), decodeErrors: this.#decodeErrors, unreferenced: this.#unreferenced };
  }

  clear(): void {
    this.#open = new Map();
    this.#decodeErrors = 0;
    this.#unreferenced = 0;
    this.#bytes = 0;
  }

  take(): Counted {
    const counted = this.peek();
    this.clear();
    return counted;
  }

  #modelOf({ tenant, model, version }: PredictionEvent): CompiledModel | null {
    const key = `${tenant}/${model}/${version}`; // no name holds a slash
    const known = this.#models.get(key);
    if (known !== undefined) return known;
    const reference = this.#references(model, version, tenant);
    if (reference === null) return null;
    const compiled = compileModel(reference);
    this.#models.set(key, compiled);
    return compiled;
  }

  #rowOf(event: PredictionEvent, window: number, model: CompiledModel): GrowingRow {
    const { tenant, version, arm } = event;
    const key = `${tenant}/${event.model}/${version}/${arm}/${window}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known.row;
    const row = model.newRow();
    this.#bytes += row.counts.byteLength + ROW_OVERHEAD;
    this.#open.set(key, { key: { tenant, model: event.model, version, arm, window }, model, row });
    return row;
  }
}

function closeRow({ key, model, row }: Open): ProfileRow {
  return { ...key, segment: '*', seconds: MINUTE, reference: model.reference, n: row.n, late: row.late, ...model.split(row.counts) };
}
