import type { FeaturesSpec, FieldSpec } from '../model/types.ts';
import type { Element, Tensor } from '../serving/v2/tensor.ts';
import { V2Error } from '../serving/v2/tensor.ts';

/** What a request to a model carries. */
export interface AskedInputs {
  readonly fields: readonly FieldSpec[];
  /** What is read instead of being sent; null: nothing. */
  readonly features: FeaturesSpec | null;
}

/** A request's inputs against its model's file: one column per declared input, in that order, one element per row. */
export interface CheckedInputs {
  readonly rows: number;
  readonly columns: readonly (readonly Element[])[];
  /** Inputs with elements of the wrong JSON type: they are null in the column. Empty in a sound request. */
  readonly faulty: readonly { readonly name: string; readonly rows: readonly number[]; readonly problem: string }[];
}

/** Throws V2Error 400 that names the input, what was given and what is expected: missing, unknown, twice, datatype, shape, rows. */
export function checkInputs(asked: AskedInputs, given: readonly Tensor[], maxRows: number): CheckedInputs {
  const { fields } = asked;
  if (given.length > fields.length) refuseUnknown(asked, given);
  const rows = given[0]?.shape[0] ?? 0;
  if (given.length > 0 && rows < 1) throw new V2Error(400, `input "${given[0]?.name}" has no rows; 1 to ${maxRows} are expected`);
  if (rows > maxRows) throw new V2Error(400, `the request has ${rows} rows; at most ${maxRows} are served`);
  const faulty: CheckedInputs['faulty'][number][] = [];
  const columns = fields.map((field, index) => {
    const tensor = find(given, field.name, index);
    if (tensor === undefined) throw missing(asked, given, field);
    assertField(field, tensor, rows);
    if (tensor.faults.length > 0) faulty.push({ name: field.name, rows: tensor.faults, problem: tensor.problem });
    return tensor.data;
  });
  return { rows, columns, faulty };
}

/** Callers send inputs in the declared order nearly always: look there first. */
function find(given: readonly Tensor[], name: string, index: number): Tensor | undefined {
  const there = given[index];
  return there?.name === name ? there : given.find((tensor) => tensor.name === name);
}

function assertField(field: FieldSpec, { datatype, shape }: Tensor, rows: number): void {
  if (datatype !== field.datatype) throw new V2Error(400, `input "${field.name}" has datatype ${datatype}; ${field.datatype} is expected`);
  if (shape.length !== 2 || shape[0] !== rows || shape[1] !== 1) {
    throw new V2Error(400, `input "${field.name}" has shape [${shape.join(', ')}]; [${rows}, 1] is expected`);
  }
}

function missing(asked: AskedInputs, given: readonly Tensor[], field: FieldSpec): V2Error {
  refuseUnknown(asked, given);
  return new V2Error(400, `input "${field.name}" is missing; ${field.datatype} of shape [rows, 1] is expected`);
}

function refuseUnknown({ fields, features }: AskedInputs, given: readonly Tensor[]): void {
  const names = fields.map((field) => field.name);
  const seen = new Set<string>();
  for (const { name } of given) {
    if (features?.fields.includes(name) === true) {
      throw new V2Error(400, `input "${name}" is read from feature service ${features.service}; send ${names.join(', ')} alone`);
    }
    if (!names.includes(name)) throw new V2Error(400, `input "${name}" is unknown; the model takes ${names.join(', ')}`);
    if (seen.has(name)) throw new V2Error(400, `input "${name}" is given twice`);
    seen.add(name);
  }
}
