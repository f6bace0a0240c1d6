import { ArgsError } from '../runtime/errors.ts';
import { readIfThere } from '../runtime/files.ts';
import type { Datatype } from '../runtime/model/types.ts';
import type { ModelSignature, TensorSpec } from '../runtime/registry/bundle.ts';

const DATATYPES: readonly string[] = ['BOOL', 'INT32', 'INT64', 'FP32', 'FP64', 'BYTES'] satisfies readonly Datatype[];

/** `schema.json` of a folder that is to be pushed: the tensors that its model takes and gives. Throws ArgsError when it is not one. */
export function readSignature(path: string): ModelSignature {
  const text = readIfThere(path);
  const example = '{"kind": "weir.registry/Signature", "v": 1, "inputs": [{"name": "amount", "datatype": "FP32", "shape": [-1, 1]}], "outputs": […]}';
  if (text === null) throw new ArgsError(path, 'is missing', `It names the model's tensors: ${example}`);
  const value = parse(path, text);
  if (!isSignature(value)) throw new ArgsError(path, 'does not name the tensors of a model', `Write it as ${example}`);
  return value;
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArgsError(path, `is not JSON: ${error instanceof Error ? error.message : ''}`, 'Write it anew.', { cause: error });
  }
}

function isSignature(value: unknown): value is ModelSignature {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('inputs' in value) || !('outputs' in value)) return false;
  const tensors = [value.inputs, value.outputs];
  return value.kind === 'weir.registry/Signature' && tensors.every((list) => Array.isArray(list) && list.length > 0 && list.every(isTensor));
}

function isTensor(value: unknown): value is TensorSpec {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('datatype' in value) || !('shape' in value)) return false;
  const { name, datatype, shape } = value;
  return typeof name === 'string' && name !== '' && DATATYPES.includes(String(datatype)) && Array.isArray(shape) && shape.every(Number.isInteger);
}
