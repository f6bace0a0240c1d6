import { isRecord, V2Error } from './tensor.ts';

/** Bounds on what a stranger's JSON may make the process do. */
export interface JsonLimits {
  /** Nested arrays and objects. V2 needs 4 and a tensor's rank. */
  readonly maxDepth: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The object that a JSON body holds. Throws V2Error 400 for anything else, before a deep one is built. */
export function parseObject(body: Buffer, limits: JsonLimits): Readonly<Record<string, unknown>> {
  const value = parseJson(body, limits);
  if (!isRecord(value)) throw new V2Error(400, 'the body is not a JSON object');
  return value;
}

/** As parseObject, for any JSON value. */
export function parseJson(body: Buffer, { maxDepth }: JsonLimits): unknown {
  if (body.length === 0) throw new V2Error(400, 'the body is empty; a JSON object is expected');
  if (deeperThan(body, maxDepth)) throw new V2Error(400, `the JSON is nested deeper than ${maxDepth} levels`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new V2Error(400, `malformed JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Brackets open at once, strings skipped. Runs before the parse, so that depth is never paid for. */
function deeperThan(body: Buffer, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at);
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > maxDepth) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
