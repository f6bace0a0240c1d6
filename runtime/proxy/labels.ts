import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import type { NewRecord } from '../eventlog/port.ts';
import { readBody } from '../serving/body.ts';
import { parseJson } from '../serving/v2/json.ts';
import { isRecord, shown, V2Error } from '../serving/v2/tensor.ts';
import { type LabelEvent, labelTopic } from '../telemetry/events.ts';
import { send, sendError } from './answers.ts';
import { type Core, eventTimeOf } from './core.ts';
import { headersOf } from './record.ts';

const LABEL_TYPE = 'weir.label.v1';

/** Fields of an item; `requestId` is taken for `request_id` as well. */
const KNOWN: readonly string[] = ['request_id', 'requestId', 'row', 'model', 'event', 'value', 'time'];

/**
 * Answers `POST /v2/labels`: a JSON array, or one JSON object per line, of `{request_id, row?, model, event, value, time?}`. 202 says that
 * all are in the log. One bad item refuses the whole batch and is named by its index, so that a caller can simply send it again.
 */
export async function takeLabels(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { deps } = core;
  const items = itemsOf(await readBody(request, deps.limits.maxBodyBytes), deps.limits.maxDepth);
  if (items.length > deps.limits.maxRows) throw new V2Error(400, `${items.length} labels given; at most ${deps.limits.maxRows} are taken at once`);
  const now = eventTimeOf(deps, undefined);
  const byTopic = new Map<string, NewRecord[]>();
  items.forEach((item, index) => {
    const event = labelOf(core, request.headers.host, item, index, now);
    const topic = labelTopic(event.tenant);
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), recordOf(event)]);
  });
  try {
    await Promise.all([...byTopic].map(([topic, records]) => core.labels.add(topic, records)));
  } catch (error) {
    core.refusals.unlogged += 1;
    sendError(response, 503, `the labels could not be logged: ${messageOf(error)}`, ['retry-after', '1']);
    return;
  }
  send(response, 202, Buffer.from(JSON.stringify({ accepted: items.length })));
}

function itemsOf(body: Buffer, maxDepth: number): readonly unknown[] {
  const text = body.toString('utf8').trim();
  if (!text.startsWith('{')) {
    const list = parseJson(body, { maxDepth });
    if (Array.isArray(list)) return list;
    throw new V2Error(400, `the body is ${shown(list)}; an array of labels, or one label per line, is expected`);
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [parseJson(Buffer.from(line), { maxDepth })];
    } catch (error) {
      throw new V2Error(400, `line ${index + 1}: ${messageOf(error)}`);
    }
  });
}

function labelOf(core: Core, host: string | undefined, item: unknown, index: number, now: number): LabelEvent {
  const refuse = (problem: string): never => {
    throw new V2Error(400, `label ${index}: ${problem}`);
  };
  if (!isRecord(item)) return refuse(`is ${shown(item)}; an object is expected`);
  const unknown = Object.keys(item).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) return refuse(`field "${unknown}" is unknown; there are request_id, row, model, event, value, time`);
  const { row = 0, model: name, event, value } = item;
  const requestId = item.request_id ?? item.requestId;
  if (typeof requestId !== 'string' || requestId === '' || requestId.length > 128)
    return refuse(`request_id is ${shown(requestId)}; the x-request-id of the prediction is expected`);
  if (typeof row !== 'number' || !Number.isSafeInteger(row) || row < 0) return refuse(`row is ${shown(row)}; a whole number from 0 is expected`);
  if (typeof name !== 'string') return refuse(`model is ${shown(name)}; a model's name is expected`);
  const { spec } = core.directory.find(host, name);
  const declared = spec.labels.map((label) => label.event);
  if (typeof event !== 'string' || !declared.includes(event))
    return refuse(`event is ${shown(event)}; model "${name}" declares ${declared.join(', ') || 'none'}`);
  if (typeof value !== 'boolean' && typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) {
    return refuse(`value is ${shown(value)}; true, false, a number or a text is expected`);
  }
  const time = item.time === undefined ? now : timeOf(item.time);
  if (time === null) return refuse(`time is ${shown(item.time)}; ISO 8601 or milliseconds since 1970 are expected`);
  return { requestId, row, tenant: spec.tenant, model: name, event, value, time: new Date(time).toISOString() };
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return typeof time === 'number' && Number.isFinite(time) && Math.abs(time) < 8.64e15 ? time : null;
}

function recordOf(label: LabelEvent): NewRecord {
  const id = `${label.requestId}/${label.row}/${label.event}`;
  const source = `/${label.tenant}/${label.model}`;
  return { key: label.requestId, headers: headersOf(id, LABEL_TYPE, source, label.time), value: Buffer.from(JSON.stringify(label)) };
}
