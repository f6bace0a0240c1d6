import { ArgsError, messageOf } from '../../../runtime/errors.ts';
import { isMap, type TreeMap } from '../../../runtime/model/layers/tree.ts';
import { withoutSecrets } from '../../../runtime/model/read/blot.ts';
import { STATE_BYTES } from './limits.ts';
import { readText, STDIN, STDIN_NAME } from './read-text.ts';

/** What a JSON file of a person may be. */
export type JsonKind = 'state' | 'preview' | 'checkpoint' | 'terraform' | 'kubernetes' | 'other';

export interface JsonFile {
  /** As a person knows it. */
  readonly name: string;
  readonly data: TreeMap;
  readonly kind: JsonKind;
}

const SPLIT = 'Judge its stacks one by one, or its manifests alone.';

/** Reads a JSON document that is a map. @throws ArgsError */
export async function readJsonFile(file: string, remedy: string): Promise<JsonFile> {
  const name = file === STDIN ? STDIN_NAME : file;
  const text = await readText(file, STATE_BYTES, SPLIT);
  if (text.trim() === '') throw new ArgsError(name, 'is empty', `${remedy} Mind what its command wrote to standard error.`);
  const data = parsed(name, text, remedy);
  if (!isMap(data)) throw new ArgsError(name, 'is no JSON object', remedy);
  return { name, data, kind: kindOf(data) };
}

function parsed(name: string, text: string, remedy: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\{"(sequence|timestamp)":/.test(text.trimStart()))
      throw new ArgsError(name, 'is a stream of events', `${remedy} Leave out PULUMI_ENABLE_STREAMING_JSON_PREVIEW.`, { cause: error });
    const said = withoutSecrets((messageOf(error).split('\n')[0] ?? '').slice(0, 160));
    throw new ArgsError(name, `is not JSON: ${said}`, `${remedy} Only its standard output belongs into the file.`, { cause: error });
  }
}

/** What a map of JSON is, by its keys. */
export function kindOf(data: TreeMap): JsonKind {
  if ('deployment' in data) return 'state';
  if ('checkpoint' in data) return 'checkpoint';
  if ('steps' in data || 'changeSummary' in data || ('duration' in data && !('version' in data))) return 'preview'; // of an empty stack nothing but how long it took
  if ('terraform_version' in data) return 'terraform';
  return 'apiVersion' in data && 'kind' in data ? 'kubernetes' : 'other';
}

/** What was given instead, and how it is judged. */
export function wrongKind({ name, kind }: JsonFile, wanted: string, remedy: string): ArgsError {
  const [what, instead] = INSTEAD[kind];
  return new ArgsError(name, `is ${what}, and no ${wanted}`, instead === '' ? remedy : instead);
}

/** What each is, and how it is judged. */
export const INSTEAD: Readonly<Record<JsonKind, readonly [string, string]>> = {
  state: ['a state', 'Give it with --state.'],
  preview: ['a preview', 'Give it with --plan.'],
  checkpoint: ['a checkpoint of a backend', 'Export it: `pulumi stack export > state.json`.'],
  terraform: ['a state or plan of Terraform', 'Weir judges stacks of Pulumi and Kubernetes manifests: checkov reads Terraform.'],
  kubernetes: ['a Kubernetes object', 'Name it without --state or --plan.'],
  other: ['something else', ''],
};
