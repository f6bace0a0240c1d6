import { writeBinary } from './binary.ts';
import type { InferRequest } from './decode.ts';
import type { Encoded } from './encode.ts';
import type { Element, Tensor } from './tensor.ts';

/** An input that goes out. */
export type RequestTensor = Pick<Tensor, 'name' | 'datatype' | 'shape' | 'data'>;

/**
 * A request with these inputs in the place of its own; id and wanted outputs stay. Inputs travel as binary tensors, which hold NaN, the infinities
 * and 64-bit integers exactly. A null is NaN in a floating-point tensor and the empty text in BYTES; other datatypes have none.
 */
export function encodeRequest({ id, outputs, binaryOutputs }: InferRequest, inputs: readonly RequestTensor[]): Encoded {
  const bytes = inputs.map(({ data, datatype }) => writeBinary(datatype === 'BYTES' ? data.map(textOf) : data, datatype));
  const heads = inputs.map(({ name, datatype, shape }, index) => ({
    name,
    datatype,
    shape,
    parameters: { binary_data_size: bytes[index]?.length ?? 0 },
  }));
  const json = Buffer.from(
    JSON.stringify({
      ...(id === null ? {} : { id }),
      inputs: heads,
      ...(outputs === null ? {} : { outputs: outputs.map(({ name, binary }) => ({ name, parameters: { binary_data: binary } })) }),
      ...(binaryOutputs ? { parameters: { binary_data_output: true } } : {}),
    }),
  );
  return { body: Buffer.concat([json, ...bytes]), headerLength: json.length };
}

const textOf = (element: Element): Element => element ?? '';
