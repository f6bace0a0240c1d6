import type { LogRecord } from '../../../eventlog/port.ts';
import type { PredictionEvent } from '../../../telemetry/events.ts';
import { mergeRows } from '../../profile/row.ts';
import type { Profile, ProfileArm, ProfileRow, Reference } from '../../types.ts';
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
  const models = new Map<string, CompiledModel>();
  let open = new Map<string, Open>();
  let [decodeErrors, unreferenced, bytes] = [0, 0, 0];

  const modelOf = ({ tenant, model, version }: PredictionEvent): CompiledModel | null => {
    const key = `${tenant}/${model}/${version}`;
    const known = models.get(key);
    if (known !== undefined) return known;
    const reference = references(model, version, tenant);
    if (reference === null) return null;
    const compiled = compileModel(reference);
    models.set(key, compiled);
    return compiled;
  };

  const rowOf = (event: PredictionEvent, window: number, model: CompiledModel): GrowingRow => {
    const { tenant, version, arm } = event;
    const key = `${tenant}/${event.model}/${version}/${arm}/${window}`;
    const known = open.get(key);
    if (known !== undefined) return known.row;
    const row = model.newRow();
    bytes += row.counts.byteLength + ROW_OVERHEAD;
    open.set(key, { key: { tenant, model: event.model, version, arm, window }, model, row });
    return row;
  };

  const addEvent = (event: PredictionEvent, brokerTime: number): void => {
    const time = Date.parse(event.time);
    if (Number.isNaN(time)) {
      decodeErrors += 1;
      return;
    }
    const model = modelOf(event);
    if (model === null) {
      unreferenced += 1;
      return;
    }
    const row = rowOf(event, MINUTE * Math.floor(time / (1000 * MINUTE)), model);
    model.count(event, row);
    if (brokerTime - HOUR_MS * (Math.floor(time / HOUR_MS) + 1) > LATE_MS) row.late += 1;
  };

  const peek = (): Counted => ({ rows: mergeRows([...open.values()].map(closeRow)), decodeErrors, unreferenced });
  const clear = (): void => {
    open = new Map();
    [decodeErrors, unreferenced, bytes] = [0, 0, 0];
  };

  return {
    add(record) {
      const event = decodeEvent(record.value);
      if (event === null) decodeErrors += 1;
      else addEvent(event, record.time);
    },
    addEvent,
    bytes: () => bytes,
    peek,
    clear,
    take() {
      const counted = peek();
      clear();
      return counted;
    },
  };
}

function closeRow({ key, model, row }: Open): ProfileRow {
  const arm: ProfileArm = key.arm;
  return { ...key, arm, segment: '*', seconds: MINUTE, reference: model.reference, n: row.n, late: row.late, ...model.split(row.counts) };
}
