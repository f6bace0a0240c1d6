import type { Element } from './tensor.ts';

/** KServe V2 datatypes that Weir speaks. FP16 and BF16 are refused by name: JavaScript and ONNX Runtime's binding have no such arrays. */
export type ElementType = 'BOOL' | 'INT8' | 'INT16' | 'INT32' | 'INT64' | 'UINT8' | 'UINT16' | 'UINT32' | 'UINT64' | 'FP32' | 'FP64' | 'BYTES';

export interface DatatypeRule {
  /** Bytes of an element in a binary tensor; null: each carries its own 4-byte length. */
  readonly bytes: number | null;
  /** What a JSON element must be, in words. */
  readonly expects: string;
  readonly fits: (value: unknown) => value is Element;
  readonly read: (view: DataView, at: number) => Element;
  readonly write: (view: DataView, at: number, value: Element) => void;
}

const isNumberOrNull = (value: unknown): value is Element => typeof value === 'number' || value === null;
const isText = (value: unknown): value is Element => typeof value === 'string' && value.isWellFormed(); // a lone surrogate has no UTF-8
const isBoolean = (value: unknown): value is Element => typeof value === 'boolean';
const integer =
  (min: number, max: number) =>
  (value: unknown): value is Element =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

/** A 64-bit integer as a number where that is exact. */
export const narrow = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;

const wide = (value: Element): bigint => (typeof value === 'bigint' ? value : BigInt(number(value)));
const number = (value: Element): number => (value === null ? Number.NaN : Number(value));

function int(bits: 8 | 16 | 32, signed: boolean, read: DatatypeRule['read'], write: DatatypeRule['write']): DatatypeRule {
  const [min, max] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  return { bytes: bits / 8, expects: `an integer from ${min} to ${max}`, fits: integer(min, max), read, write };
}

const RULES: Readonly<Record<ElementType, DatatypeRule>> = {
  BOOL: {
    bytes: 1,
    expects: 'true or false',
    fits: isBoolean,
    read: (view, at) => view.getUint8(at) !== 0,
    write: (view, at, value) => view.setUint8(at, value === true ? 1 : 0),
  },
  INT8: int(
    8,
    true,
    (view, at) => view.getInt8(at),
    (view, at, value) => view.setInt8(at, number(value)),
  ),
  INT16: int(
    16,
    true,
    (view, at) => view.getInt16(at, true),
    (view, at, value) => view.setInt16(at, number(value), true),
  ),
  INT32: int(
    32,
    true,
    (view, at) => view.getInt32(at, true),
    (view, at, value) => view.setInt32(at, number(value), true),
  ),
  UINT8: int(
    8,
    false,
    (view, at) => view.getUint8(at),
    (view, at, value) => view.setUint8(at, number(value)),
  ),
  UINT16: int(
    16,
    false,
    (view, at) => view.getUint16(at, true),
    (view, at, value) => view.setUint16(at, number(value), true),
  ),
  UINT32: int(
    32,
    false,
    (view, at) => view.getUint32(at, true),
    (view, at, value) => view.setUint32(at, number(value), true),
  ),
  INT64: {
    bytes: 8,
    expects: 'an integer within 2^53; larger ones need a binary tensor',
    fits: integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    read: (view, at) => narrow(view.getBigInt64(at, true)),
    write: (view, at, value) => view.setBigInt64(at, wide(value), true),
  },
  UINT64: {
    bytes: 8,
    expects: 'an integer from 0 within 2^53; larger ones need a binary tensor',
    fits: integer(0, Number.MAX_SAFE_INTEGER),
    read: (view, at) => narrow(view.getBigUint64(at, true)),
    write: (view, at, value) => view.setBigUint64(at, wide(value), true),
  },
  FP32: {
    bytes: 4,
    expects: 'a number or null',
    fits: isNumberOrNull,
    read: (view, at) => view.getFloat32(at, true),
    write: (view, at, value) => view.setFloat32(at, number(value), true),
  },
  FP64: {
    bytes: 8,
    expects: 'a number or null',
    fits: isNumberOrNull,
    read: (view, at) => view.getFloat64(at, true),
    write: (view, at, value) => view.setFloat64(at, number(value), true),
  },
  BYTES: { bytes: null, expects: 'a string of valid Unicode', fits: isText, read: unsized, write: unsized },
};

/** The rule of a datatype, or null when Weir does not speak it. */
export function ruleOf(datatype: string): DatatypeRule | null {
  return isElementType(datatype) ? RULES[datatype] : null;
}

export function isElementType(datatype: string): datatype is ElementType {
  return Object.hasOwn(RULES, datatype);
}

export const ELEMENT_TYPES: readonly string[] = Object.keys(RULES);

function unsized(): never {
  throw new Error('BYTES elements carry their own length'); // readers and writers branch on `bytes` before
}
