import type { LogRecord } from '../../eventlog/port.ts';
import type { FieldSpec, ModelSpec } from '../../model/types.ts';
import type { LabelEvent, PredictionEvent, Value } from '../../telemetry/events.ts';
import { decodeEvent } from '../executors/stream/event.ts';
import { isPositive } from '../labels/truth.ts';
import { categoryText, numericValue, TYPE_ERROR } from '../values.ts';

/** A prediction as the lake keeps it: one line of JSON for DuckDB to turn into Parquet. */
export interface PredictionRow {
  readonly tenant: string;
  readonly model: string;
  readonly line: string;
}

/**
 * The row of a record, or null for one that the lake cannot hold: it does not decode, its time is none, or no Model declares it. Values of
 * the wrong type become null and are listed, so that SQL never parses text to numbers (20-drift, 2).
 */
export function predictionRow(record: LogRecord, specOf: (tenant: string, model: string) => ModelSpec | undefined): PredictionRow | null {
  const event = decodeEvent(record.value);
  const spec = event === null ? undefined : specOf(event.tenant, event.model);
  if (event === null || spec === undefined || Number.isNaN(Date.parse(event.time))) return null;
  const typeErrors = [...event.typeErrors];
  const line = JSON.stringify({
    id: event.id,
    request_id: event.requestId,
    ts: lakeTime(event.time),
    broker_ts: lakeTime(new Date(record.time).toISOString()),
    tenant: event.tenant,
    model: event.model,
    version: event.version,
    arm: event.arm,
    status: String(event.status),
    latency_seconds: event.latencySeconds,
    features: members(event.features, spec.inputs, typeErrors),
    outputs: event.status === 200 ? members(event.outputs, spec.outputs, typeErrors) : {},
    type_errors: typeErrors,
  } satisfies Record<string, unknown> & { id: PredictionEvent['id'] });
  return { tenant: event.tenant, model: event.model, line };
}

function members(values: Readonly<Record<string, Value>>, fields: readonly FieldSpec[], typeErrors: string[]): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const { name, kind, log } of fields) {
    if (log === 'drop') continue;
    const value = kind === 'numeric' ? numericValue(values[name]) : categoryText(values[name]);
    if (value === TYPE_ERROR) {
      if (!typeErrors.includes(name)) typeErrors.push(name);
      kept[name] = null;
    } else kept[name] = typeof value === 'number' ? spelled(value) : value;
  }
  return kept;
}

/** JSON has no word for these three; DuckDB reads them from these strings. */
function spelled(value: number): Value {
  return Number.isFinite(value) ? value : String(value);
}

/** DuckDB's TIMESTAMP has no zone: the lake keeps UTC. */
const lakeTime = (iso: string): string => new Date(iso).toISOString().replace('T', ' ').replace('Z', '');

/** A label as the lake keeps it; null for a record that is none. */
export function labelRow(record: LogRecord): { readonly tenant: string; readonly model: string; readonly line: string; readonly at: number } | null {
  const label = decodeLabel(record.value);
  if (label === null) return null;
  const { tenant, model, requestId, row, event, value, time } = label;
  const line = JSON.stringify({ id: `${requestId}/${row}`, event, value: String(value), positive: isPositive(value), ts: lakeTime(time) });
  return { tenant, model, line, at: Date.parse(time) / 1000 };
}

function decodeLabel(value: Buffer): LabelEvent | null {
  try {
    const label: LabelEvent | null = JSON.parse(value.toString('utf8')); // what it should be; checked below
    if (label === null || typeof label !== 'object') return null;
    const texts = [label.requestId, label.tenant, label.model, label.event, label.time].every((text) => typeof text === 'string');
    return texts && Number.isSafeInteger(label.row) && label.value !== null && !Number.isNaN(Date.parse(label.time)) ? label : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
