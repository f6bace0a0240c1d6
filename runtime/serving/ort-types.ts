import type { Tensor as OrtTensor } from 'onnxruntime-node';
import { type ElementType, isElementType } from './v2/datatypes.ts';
import type { Element } from './v2/tensor.ts';

export type OrtType = OrtTensor.Type;

interface OrtRule {
  readonly type: OrtType;
  /** The array that ONNX Runtime takes. `null` becomes NaN in floating point. */
  readonly build: (data: readonly Element[]) => OrtTensor.DataType;
}

const number = (element: Element): number => (element === null ? Number.NaN : Number(element));
const whole = (element: Element): bigint => (typeof element === 'bigint' ? element : BigInt(number(element)));

const RULES: Readonly<Record<ElementType, OrtRule>> = {
  BOOL: { type: 'bool', build: (data) => Uint8Array.from(data, (element) => (element === true ? 1 : 0)) },
  INT8: { type: 'int8', build: (data) => Int8Array.from(data, number) },
  INT16: { type: 'int16', build: (data) => Int16Array.from(data, number) },
  INT32: { type: 'int32', build: (data) => Int32Array.from(data, number) },
  INT64: { type: 'int64', build: (data) => BigInt64Array.from(data, whole) },
  UINT8: { type: 'uint8', build: (data) => Uint8Array.from(data, number) },
  UINT16: { type: 'uint16', build: (data) => Uint16Array.from(data, number) },
  UINT32: { type: 'uint32', build: (data) => Uint32Array.from(data, number) },
  UINT64: { type: 'uint64', build: (data) => BigUint64Array.from(data, whole) },
  FP32: { type: 'float32', build: (data) => Float32Array.from(data, number) },
  FP64: { type: 'float64', build: (data) => Float64Array.from(data, number) },
  BYTES: { type: 'string', build: (data) => data.map(String) },
};

export function toOrt(datatype: ElementType): OrtRule {
  return RULES[datatype];
}

/** The V2 datatype of an ONNX type, or null when V2 has none here (float16, 4-bit integers). */
export function fromOrt(type: string): ElementType | null {
  return Object.keys(RULES).find((datatype): datatype is ElementType => isElementType(datatype) && RULES[datatype].type === type) ?? null;
}
