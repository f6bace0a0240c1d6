import { ArgsError } from '../../errors.ts';
import type { FieldSpec } from '../../model/types.ts';
import type { ModelSignature, TensorSpec } from '../../registry/bundle.ts';
import { FILES } from '../../registry/port.ts';
import { parseJson, readFileOf } from './files.ts';
import type { Candidate } from './runner.ts';

/** The version's tensors against what callers of this model send and get: each difference by name. */
export async function checkSchema({ spec, fetch }: Candidate): Promise<string> {
  const signature: ModelSignature = parseJson(await readFileOf(fetch, FILES.signature), FILES.signature);
  const problems = [...differences('input', spec.inputs, signature.inputs, true), ...differences('output', spec.outputs, signature.outputs, false)];
  if (problems.length > 0) throw new ArgsError(FILES.signature, problems.join('; '), 'Export the version with the tensors of the model file.');
  return `${spec.inputs.length} inputs and ${spec.outputs.length} outputs as the model file says`;
}

/** @param exact True: what the version has beyond the file is a problem too, since no caller would send it. */
export function differences(kind: string, wanted: readonly FieldSpec[], given: readonly TensorSpec[], exact: boolean): readonly string[] {
  const missing = wanted.filter(({ name }) => !given.some((tensor) => tensor.name === name));
  const extra = given.filter(({ name }) => !wanted.some((field) => field.name === name));
  const [gone, come] = [missing[0], extra[0]];
  const renamed = missing.length === 1 && extra.length === 1 && gone !== undefined && come !== undefined;
  const names = renamed
    ? [`${kind} "${gone.name}" is missing: the version calls it "${come.name}"?`]
    : [
        ...missing.map(({ name }) => `${kind} "${name}" is missing`),
        ...(exact ? extra.map(({ name }) => `${kind} "${name}" is asked for, but the model file has none`) : []),
      ];
  const types = wanted.flatMap(({ name, datatype }) => {
    const tensor = given.find((one) => one.name === name);
    return tensor === undefined || tensor.datatype === datatype ? [] : [`${kind} "${name}" is ${tensor.datatype}, the model file says ${datatype}`];
  });
  return [...names, ...types];
}
