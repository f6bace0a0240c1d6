import { ArgsError } from '../../../runtime/errors.ts';
import { isList, isMap, type Tree, type TreeMap } from '../../../runtime/model/layers/tree.ts';
import { wholeFile } from '../../../runtime/model/read/text.ts';
import type { Source } from '../source.ts';
import { readJsonFile, wrongKind } from './json-file.ts';
import { STATE_TELLS, stackResources } from './stack-resource.ts';

const REMEDY = 'Make it anew: `pulumi preview --json --show-sames > preview.json`.';
/** Steps that leave no resource behind. */
const GOING: readonly Tree[] = ['delete', 'delete-replaced', 'discard', 'discard-replaced', 'read-discard', 'remove-pending-replace'];

/** What `pulumi preview --json` wrote: the stack as it would be. Values that are not known yet are markers that `Reader` knows. @throws ArgsError */
export async function readPreview(file: string): Promise<Source> {
  const json = await readJsonFile(file, REMEDY);
  if (json.kind !== 'preview') throw wrongKind(json, 'preview of Pulumi', REMEDY);
  const { steps = [], diagnostics = [] } = json.data;
  if (!isList(steps)) throw new ArgsError(json.name, 'has steps that are no list', REMEDY);
  const told = steps.filter((step) => !isMap(step) || !GOING.includes(step.op));
  const { resources, skipped } = stackResources(json.name, newestOf(told), REMEDY);
  const missing = unchangedLeftOut(json.data, steps);
  const failure = isList(diagnostics) ? diagnostics.find((each) => isMap(each) && each.severity === 'error') : undefined;
  const going = steps.length - told.length;
  return {
    title: json.name,
    resources,
    skipped: [
      ...(going === 0 ? [] : [{ reason: 'resources to be deleted', count: going }]),
      ...skipped,
      ...(missing === 0 ? [] : [{ reason: 'unchanged resources left out of it: add --show-sames to `pulumi preview --json`', count: missing }]),
    ],
    tells: STATE_TELLS,
    placeOf: () => ({ file: json.name }),
    ...(missing === 0 && failure === undefined ? {} : { partial: 'is about the whole stack, and this preview shows a part of it' }),
    ...(failure === undefined
      ? {}
      : { unread: [wholeFile(json.name, `this preview failed: ${messageIn(failure)}`, 'Mend that, and preview again.')] }),
  };
}

/** A replacement has several steps for one resource: the last says what it will be. */
function newestOf(steps: readonly Tree[]): readonly Tree[] {
  const newest = new Map<Tree, Tree>();
  for (const [index, step] of steps.entries()) {
    const state = isMap(step) ? step.newState : undefined;
    newest.set(isMap(state) && typeof state.urn === 'string' ? state.urn : index, state);
  }
  return [...newest.values()];
}

/** Without `--show-sames` the digest counts what stays as it is, and shows none of it. */
function unchangedLeftOut({ changeSummary }: TreeMap, steps: readonly Tree[]): number {
  const counted = isMap(changeSummary) && typeof changeSummary.same === 'number' ? changeSummary.same : 0;
  const shown = steps.filter((step) => isMap(step) && step.op === 'same').length;
  return Math.max(0, counted - shown);
}

const messageIn = (diagnostic: Tree): string => (isMap(diagnostic) ? String(diagnostic.message).trim().slice(0, 200) : '');
