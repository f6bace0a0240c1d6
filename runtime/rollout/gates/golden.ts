import { ArgsError } from '../../errors.ts';
import { keyOf, type ModelKey, type Slot } from '../../model/types.ts';
import type { GoldenSet } from '../../registry/bundle.ts';
import { FILES } from '../../registry/port.ts';
import { parseJson, readFileOf } from './files.ts';
import type { Candidate } from './runner.ts';

/** A KServe V2 inference at one slot's copy: JSON body in, JSON body out. Rejects when the copy refuses or does not answer. */
export type Infer = (model: ModelKey, slot: Slot, body: unknown) => Promise<InferAnswer>;

export interface InferAnswer {
  readonly outputs: readonly { readonly name: string; readonly data: readonly Value[] }[];
}

export type Value = number | string | boolean | null;

/** Recorded inputs, asked of the loaded copy at weight 0: the answers must be those of the training side. */
export async function checkGolden({ spec, slot, fetch, infer }: Candidate): Promise<string> {
  const golden: GoldenSet = parseJson(await readFileOf(fetch, FILES.golden), FILES.golden);
  const rows = golden.cases.length;
  if (rows === 0) throw new ArgsError(FILES.golden, 'has no cases', 'Record some rows with their answers.');
  const inputs = spec.inputs.map(({ name, datatype }) => ({
    name,
    datatype,
    shape: [rows, 1],
    data: golden.cases.map((one) => one.inputs[name] ?? null),
  }));
  const answer = await infer(keyOf(spec), slot, { inputs });
  for (const [row, { outputs }] of golden.cases.entries()) {
    for (const [name, wanted] of Object.entries(outputs)) {
      const problem = mismatch(answer.outputs.find((output) => output.name === name)?.data[row], wanted, golden.tolerance);
      if (problem !== null)
        throw new ArgsError(`${FILES.golden} case ${row}`, `${name} ${problem}`, 'The copy computes something else than training did.');
    }
  }
  return `${rows} recorded answers within ${golden.tolerance}`;
}

/** Null when the answer is as recorded. NaN is never near anything. */
export function mismatch(got: Value | undefined, wanted: Value, tolerance: number): string | null {
  if (got === undefined) return 'is missing in the answer';
  if (typeof wanted === 'number') {
    if (typeof got !== 'number') return `is ${JSON.stringify(got)}, recorded ${wanted}`;
    return Math.abs(got - wanted) <= tolerance ? null : `is ${got}, recorded ${wanted}`;
  }
  return got === wanted ? null : `is ${JSON.stringify(got)}, recorded ${JSON.stringify(wanted)}`;
}
