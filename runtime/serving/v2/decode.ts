import { readBinary } from './binary.ts';
import { ELEMENT_TYPES, isElementType, ruleOf } from './datatypes.ts';
import { flatten } from './flatten.ts';
import { type JsonLimits, parseObject } from './json.ts';
import { isRecord, shown, type Tensor, V2Error } from './tensor.ts';

export interface RequestedOutput {
  readonly name: string;
  readonly binary: boolean;
}

export interface InferRequest {
  /** The client's own name for the request, repeated in the answer. */
  readonly id: string | null;
  readonly inputs: readonly Tensor[];
  /** Null: all outputs. */
  readonly outputs: readonly RequestedOutput[] | null;
  /** Outputs that are not named apart come as binary tensors. */
  readonly binaryOutputs: boolean;
}

export interface InferResponse {
  readonly modelVersion: string | null;
  readonly outputs: readonly Tensor[];
}

/** More dimensions than any model here has; bounds the recursion into nested data. */
const MAX_RANK = 8;

/**
 * Decodes the body of an infer request: JSON, or JSON followed by binary tensors when `headerLength` (Inference-Header-Content-Length)
 * is given. Throws V2Error 400 that names the input. Elements of the wrong JSON type are reported in `faults`, not thrown.
 */
export function decodeRequest(body: Buffer, headerLength: number | null, limits: JsonLimits): InferRequest {
  const { json, binary } = split(body, headerLength, limits);
  if (!Array.isArray(json.inputs)) throw new V2Error(400, `"inputs" is ${shown(json.inputs)}; an array of tensors is expected`);
  const parameters = isRecord(json.parameters) ? json.parameters : {};
  return {
    id: typeof json.id === 'string' ? json.id : null,
    inputs: tensors(json.inputs, binary, 'input'),
    outputs: requestedOutputs(json.outputs, parameters.binary_data_output === true),
    binaryOutputs: parameters.binary_data_output === true,
  };
}

/** Decodes the body of an infer answer; the same forms, the same errors with `output` in the place of `input`. */
export function decodeResponse(body: Buffer, headerLength: number | null, limits: JsonLimits): InferResponse {
  const { json, binary } = split(body, headerLength, limits);
  if (!Array.isArray(json.outputs)) throw new V2Error(400, `"outputs" is ${shown(json.outputs)}; an array of tensors is expected`);
  return {
    modelVersion: typeof json.model_version === 'string' ? json.model_version : null,
    outputs: tensors(json.outputs, binary, 'output'),
  };
}

/** The number in an Inference-Header-Content-Length header, null without one. */
export function headerLengthOf(header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  const length = Number(header);
  if (typeof header === 'string' && /^\d{1,10}$/.test(header) && Number.isSafeInteger(length)) return length;
  throw new V2Error(400, `Inference-Header-Content-Length is ${shown(header)}; the length of the JSON part in bytes is expected`);
}

interface Parts {
  readonly json: Readonly<Record<string, unknown>>;
  /** Null: the body is JSON alone. */
  readonly binary: Buffer | null;
}

function split(body: Buffer, headerLength: number | null, limits: JsonLimits): Parts {
  if (headerLength === null) return { json: parseObject(body, limits), binary: null };
  if (headerLength > body.length) throw new V2Error(400, `Inference-Header-Content-Length is ${headerLength}, but the body has ${body.length} bytes`);
  return { json: parseObject(body.subarray(0, headerLength), limits), binary: body.subarray(headerLength) };
}

function tensors(list: readonly unknown[], binary: Buffer | null, kind: 'input' | 'output'): readonly Tensor[] {
  let used = 0;
  const decoded = list.map((item, index) => {
    if (!isRecord(item) || typeof item.name !== 'string')
      throw new V2Error(400, `${kind} ${index} has no name; {"name", "datatype", "shape", "data"} is expected`);
    const label = `${kind} "${item.name}"`;
    const shape = shapeOf(item.shape, label);
    const datatype = datatypeOf(item.datatype, label);
    const size = binarySize(item.parameters, label);
    if (size === null) return { name: item.name, datatype, shape, ...flatten(item.data, shape, datatype, label) };
    if (binary === null) throw new V2Error(400, `${label} says binary_data_size, but the request has no Inference-Header-Content-Length`);
    if (used + size > binary.length) throw new V2Error(400, `${label} says binary_data_size ${size}, but only ${binary.length - used} bytes follow`);
    const data = readBinary(binary.subarray(used, used + size), shape, datatype, label);
    used += size;
    return { name: item.name, datatype, shape, data, faults: [], problem: '' };
  });
  if (binary !== null && used !== binary.length)
    throw new V2Error(400, `${binary.length - used} bytes after the last binary tensor belong to no ${kind}`);
  return decoded;
}

function shapeOf(shape: unknown, label: string): readonly number[] {
  const sound =
    Array.isArray(shape) && shape.length > 0 && shape.length <= MAX_RANK && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sound) throw new V2Error(400, `${label} has shape ${shown(shape)}; 1 to ${MAX_RANK} sizes of 0 or more are expected`);
  return shape;
}

function datatypeOf(datatype: unknown, label: string): Tensor['datatype'] {
  if (typeof datatype === 'string' && isElementType(datatype) && ruleOf(datatype) !== null) return datatype;
  throw new V2Error(400, `${label} has datatype ${shown(datatype)}, which is not served; use one of ${ELEMENT_TYPES.join(', ')}`);
}

function binarySize(parameters: unknown, label: string): number | null {
  const size = isRecord(parameters) ? parameters.binary_data_size : undefined;
  if (size === undefined) return null;
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  throw new V2Error(400, `${label} has binary_data_size ${shown(size)}; a number of bytes is expected`);
}

function requestedOutputs(list: unknown, binaryByDefault: boolean): readonly RequestedOutput[] | null {
  if (list === undefined) return null;
  if (!Array.isArray(list)) throw new V2Error(400, `"outputs" is ${shown(list)}; an array is expected`);
  return list.map((item: unknown, index) => {
    if (!isRecord(item) || typeof item.name !== 'string') throw new V2Error(400, `output ${index} has no name`);
    const parameters = isRecord(item.parameters) ? item.parameters : {};
    return { name: item.name, binary: typeof parameters.binary_data === 'boolean' ? parameters.binary_data : binaryByDefault };
  });
}
