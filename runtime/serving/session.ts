import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { fromOrt, type OrtType, toOrt } from './ort-types.ts';
import { type ElementType, narrow } from './v2/datatypes.ts';
import type { Element, Tensor } from './v2/tensor.ts';

/** One input or output of a loaded graph. -1 is a dimension that the caller chooses. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: ElementType;
  readonly shape: readonly number[];
}

/** A loaded graph. */
export interface Session {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Rejects with ONNX Runtime's message when the graph fails on these values. */
  run(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
}

/** 4 is fatal: failures reach the caller as errors, so that nothing need be on stderr as well. */
const QUIET = { logSeverityLevel: 4 } as const;

/** Loads an ONNX file with one thread. Rejects when the file is missing, cut short, or not ONNX. */
export async function loadSession(path: string): Promise<Session> {
  const session = await InferenceSession.create(await readFile(path), { ...QUIET, intraOpNumThreads: 1, interOpNumThreads: 1 });
  const outputs = session.outputMetadata.map(specOf);
  return {
    inputs: session.inputMetadata.map(specOf),
    outputs,
    async run(inputs) {
      const feeds = Object.fromEntries(inputs.map((input) => [input.name, ortTensor(input)]));
      const results = await session.run(feeds, QUIET);
      return outputs.map((output) => v2Tensor(output, results[output.name]));
    },
  };
}

/** A few inferences on zeros, so that the first caller does not pay for allocation. What the graph says to zeros does not matter. */
export async function warmUp(session: Session): Promise<void> {
  for (const rows of [1, 1, 8, 1]) await session.run(session.inputs.map((input) => zeros(input, rows))).catch(() => undefined);
}

function specOf(meta: InferenceSession.ValueMetadata): TensorSpec {
  if (!meta.isTensor) throw new Error(`"${meta.name}" is not a tensor; V2 carries tensors only`);
  const datatype = fromOrt(meta.type);
  if (datatype === null) throw new Error(`"${meta.name}" is of type ${meta.type}, which is not served`);
  return { name: meta.name, datatype, shape: meta.shape.map((size) => (typeof size === 'number' ? size : -1)) };
}

function zeros({ name, datatype, shape }: TensorSpec, rows: number): Tensor {
  const sized = shape.map((size, index) => (size >= 0 ? size : index === 0 ? rows : 1));
  const zero = datatype === 'BYTES' ? '' : datatype === 'BOOL' ? false : 0;
  const count = sized.reduce((product, size) => product * size, 1);
  return { name, datatype, shape: sized, data: Array.from({ length: count }, () => zero), faults: [], problem: '' };
}

function ortTensor({ datatype, shape, data }: Tensor): OrtTensor {
  const { type, build } = toOrt(datatype);
  return new OrtTensor(type, build(data), shape);
}

function v2Tensor({ name, datatype }: TensorSpec, value: OrtTensor | undefined): Tensor {
  if (value === undefined) throw new Error(`the graph gave no output "${name}"`);
  return { name, datatype, shape: value.dims, data: elements(value, value.type), faults: [], problem: '' };
}

function elements({ data }: OrtTensor, type: OrtType): Tensor['data'] {
  const list: Element[] = [];
  for (const one of data) list.push(type === 'bool' ? Boolean(one) : typeof one === 'bigint' ? narrow(one) : one);
  return list;
}
