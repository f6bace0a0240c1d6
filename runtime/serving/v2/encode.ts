import { writeBinary } from './binary.ts';
import type { Element, Tensor } from './tensor.ts';

/** An output that goes out, and whether as a binary tensor after the JSON. */
export interface OutgoingTensor extends Pick<Tensor, 'name' | 'datatype' | 'shape' | 'data'> {
  readonly binary: boolean;
}

export interface InferAnswer {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string | null;
  readonly outputs: readonly OutgoingTensor[];
}

/** A body and, when binary tensors follow the JSON, the length of the JSON part (Inference-Header-Content-Length). */
export interface Encoded {
  readonly body: Buffer;
  readonly headerLength: number | null;
}

/** The answer's body. NaN and the infinities are `null` in JSON data, exact in binary tensors. */
export function encodeResponse(answer: InferAnswer): Encoded {
  const binaries: Buffer[] = [];
  const outputs = answer.outputs.map((output) => {
    const head = `{"name":${JSON.stringify(output.name)},"datatype":"${output.datatype}","shape":[${output.shape.join(',')}]`;
    if (!output.binary) return `${head},"data":[${output.data.map(jsonOf).join(',')}]}`;
    const bytes = writeBinary(output.data, output.datatype);
    binaries.push(bytes);
    return `${head},"parameters":{"binary_data_size":${bytes.length}}}`;
  });
  const id = answer.id === null ? '' : `"id":${JSON.stringify(answer.id)},`;
  const names = `"model_name":${JSON.stringify(answer.modelName)},"model_version":${JSON.stringify(answer.modelVersion)}`;
  const json = Buffer.from(`{${names},${id}"outputs":[${outputs.join(',')}]}`);
  return binaries.length === 0 ? { body: json, headerLength: null } : { body: Buffer.concat([json, ...binaries]), headerLength: json.length };
}

/** The body of every refusal. */
export function encodeError(message: string): Buffer {
  return Buffer.from(JSON.stringify({ error: message }));
}

function jsonOf(element: Element): string {
  return typeof element === 'bigint' ? String(element) : JSON.stringify(element);
}
