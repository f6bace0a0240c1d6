import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zoneName } from '../runtime/drift/reference/zone.ts';
import { ArgsError, messageOf } from '../runtime/errors.ts';
import type { FieldSpec } from '../runtime/model/types.ts';
import type { ModelSignature, TensorSpec } from '../runtime/registry/bundle.ts';
import { FILES } from '../runtime/registry/port.ts';
import type { PushFlags } from './commands/registry-push.ts';

/** The text of a version's `reference.json`, and the file that it was made of. */
export interface BuiltReference {
  readonly text: string;
  readonly source: { readonly uri: string; readonly sha256: string };
}

/** Builds a reference from `--reference`; null when none was asked for. Throws ArgsError for flags that do not fit. */
export async function referenceFor(directory: string, signature: ModelSignature, flags: PushFlags): Promise<BuiltReference | null> {
  const { reference, time, label, score, categorical, zone = 'UTC', model, version } = flags;
  if (reference === undefined) {
    const idle = Object.entries({ time, label, score, categorical, zone: flags.zone }).find(([, value]) => value !== undefined);
    if (idle !== undefined) throw new ArgsError(`--${idle[0]}`, 'says something about a file that is not given', 'Add --reference FILE.parquet.');
    return null;
  }
  const parquet = resolve(reference);
  if (zoneName(zone) === null) throw new ArgsError('--zone', `"${zone}" is no time zone`, 'Name one of the IANA database, such as Europe/Berlin.');
  if (time === undefined) throw new ArgsError('--time', 'is missing', `Name the column of event time in ${reference}.`);
  if (statSync(parquet, { throwIfNoEntry: false })?.isFile() !== true)
    throw new ArgsError(reference, 'there is no such file', 'Name a Parquet file.');
  if (existsSync(join(directory, FILES.reference))) {
    throw new ArgsError(directory, `holds a ${FILES.reference} already`, 'Leave out --reference, or remove that file.');
  }
  const output = label === undefined ? null : scoreOutput(signature, score);
  if (output !== null && output.name === label) {
    throw new ArgsError('--label', `column "${label}" is the model's own score`, 'The truth needs a column of another name; rename it in the file.');
  }
  const fields = [...signature.inputs.map((tensor) => fieldOf(tensor, categorical ?? [])), ...(output === null ? [] : [output])];
  const source = { uri: pathToFileURL(parquet).href, sha256: await sha256OfFile(parquet) };
  const { buildReference, encodeReference } = await import('../runtime/drift/reference.ts'); // brings DuckDB: only when needed
  const options = { parquet, model, version, fields, timeColumn: time, slotZone: zone, weights: {}, source };
  const scored = output === null || label === undefined ? null : { output: output.name, label };
  const built = await buildReference({ ...options, score: scored }).catch((error: unknown) => {
    // DuckDB's own words: what is not Parquet, or damaged.
    if (error instanceof ArgsError || !messageOf(error).includes(parquet)) throw error;
    throw new ArgsError(reference, `cannot be read as Parquet: ${messageOf(error).split('\n')[0] ?? ''}`, 'Name a Parquet file.', { cause: error });
  });
  return { text: encodeReference(built), source };
}

/** The output that is calibrated: the named one, else the only numeric one. */
function scoreOutput({ outputs }: ModelSignature, name: string | undefined): FieldSpec {
  const numeric = outputs.filter(({ datatype }) => datatype === 'FP32' || datatype === 'FP64');
  const found = name === undefined ? numeric : numeric.filter((tensor) => tensor.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return fieldOf(only, []);
  const names = numeric.map((tensor) => tensor.name).join(', ') || 'none';
  throw new ArgsError(
    '--score',
    name === undefined ? 'is needed to choose among outputs' : `"${name}" is no numeric output`,
    `Numeric outputs: ${names}.`,
  );
}

/** Text and booleans are categories; numbers are quantities unless the person says that they are codes. */
function fieldOf({ name, datatype }: TensorSpec, categorical: readonly string[]): FieldSpec {
  const kind = datatype === 'BYTES' || datatype === 'BOOL' || categorical.includes(name) ? 'categorical' : 'numeric';
  return { name, kind, datatype, log: 'full' };
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}
