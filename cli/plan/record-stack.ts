import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArgsError } from '../../runtime/errors.ts';
import { atValue } from '../../runtime/model/read/locate.ts';
import { problemAt } from '../../runtime/model/read/yaml.ts';
import { LAYERS } from '../../stacks/topics.ts';
import type { Recording } from '../graph/node.ts';
import { recordApart } from './recorder.ts';
import type { RecorderAnswer, StackToRecord } from './recorder-request.ts';
import { type ReadStackFile, readStackFile, type StackFile } from './stack-file.ts';

/** The program of this version of Weir. */
export const PROGRAM = new URL('../../stacks/environment.ts', import.meta.url).href;

/** A tree's settings and program. */
export interface Tree {
  /** The folder of the stack files. */
  readonly folder: string;
  /** The module that exports `environment`, as a URL. */
  readonly program: string;
}

/** Stack files with the program beside them; settings that lie alone are those of this version. */
export function treeOf(folder: string): Tree {
  const own = join(folder, 'environment.ts');
  return { folder, program: existsSync(own) ? pathToFileURL(realpathSync(own)).href : PROGRAM };
}

/**
 * Records what a stack's program makes. The outputs of a stack below are those that its own settings give.
 * @throws ArgsError when the program, or a stack below, cannot be recorded.
 */
export async function recordStack(stackFile: StackFile, { folder, program }: Tree): Promise<Recording> {
  const stacks = [...below(stackFile, folder, []), stackFile].map(toRecord);
  const answer = await recordApart({ program, stacks });
  if (answer.kind !== 'recorded') throw failed(answer, stackFile);
  return { graph: new Map(answer.nodes.map((node) => [node.urn, node])), duplicates: answer.duplicates, outputs: answer.outputs };
}

/** The stacks whose outputs are read, the lowest first. */
function below(stackFile: StackFile, folder: string, above: readonly string[]): readonly StackFile[] {
  const { settings, stack } = stackFile;
  const { upstream, layers, account, region } = settings;
  if (upstream === undefined || layers.includes('foundation')) return [];
  const place = `${placeOf(stackFile, 'weir:upstream')}  weir:upstream`;
  if (upstream === stack || above.includes(upstream))
    throw new ArgsError(place, `"${upstream}" stands on this stack itself`, 'Name the stack that builds the layers below.');
  const read = readBelow(folder, upstream, place);
  if (read.kind === 'wrong') throw new ArgsError(place, `the settings of "${upstream}" have problems`, `See \`weir plan ${upstream}\` first.`);
  const there = read.stackFile.settings;
  if (there.account !== account || there.region !== region) {
    const problem = `"${upstream}" lies in ${there.region} of account ${there.account}, this stack in ${region} of ${account}`;
    throw new ArgsError(place, problem, 'Give both the same weir:account and weir:region: layers of one environment lie together.');
  }
  const twice = there.layers.filter((layer) => layers.includes(layer));
  if (twice.length > 0) {
    const remedy = `Take ${twice.join(' and ')} out of weir:layers in ${upstream}, or take this stack away: each object has one owner.`;
    throw new ArgsError(place, `"${upstream}" builds ${there.layers.join(', ')} itself`, remedy);
  }
  const wanted = layers.includes('platform') ? 'foundation' : 'platform';
  if (!there.layers.includes(wanted)) {
    const remedy = `Name the stack that builds the ${wanted}.`;
    throw new ArgsError(place, `"${upstream}" builds ${there.layers.join(', ')}, and this stack stands on a ${wanted}`, remedy);
  }
  return [...below(read.stackFile, folder, [...above, stack]), read.stackFile];
}

/** A file that is not there is told where its name stands. */
function readBelow(folder: string, upstream: string, place: string): ReadStackFile {
  try {
    return readStackFile(folder, upstream);
  } catch (error) {
    if (error instanceof ArgsError) throw new ArgsError(place, error.problem, error.remedy, { cause: error });
    throw error;
  }
}

function toRecord({ stack, config, secretKeys, settings: { account, region, partition } }: StackFile): StackToRecord {
  return { stack, config, secretKeys, place: { account, region, partition } };
}

/** What the program says of a setting is told at its line, without the line itself: it may hold what should have been encrypted. */
function failed(answer: Exclude<RecorderAnswer, { readonly kind: 'recorded' }>, stackFile: StackFile): ArgsError {
  if (answer.kind === 'refused') {
    const place = answer.stack === stackFile.stack ? placeOf(stackFile, answer.path) : `stack ${answer.stack}`;
    return new ArgsError(`${place}  ${answer.path}`, answer.problem, answer.remedy);
  }
  const problem = `its program failed while it was recorded:\n${indented(answer.message)}`;
  return new ArgsError(`stack ${answer.stack}`, problem, 'pulumi up would fail as well: mend the program.');
}

/** `stacks/Pulumi.dev.yaml:7:3` of `weir:network.cidr`, or of `network.cidr`, as plans of components call it. */
function placeOf({ file, values }: StackFile, path: string): string {
  const keys = path.replace(/^weir:/, '').split('.');
  const [section = ''] = keys;
  if (!Object.hasOwn(values, section)) return file; // a default is wrong: no line says it
  const finding = atValue(['config', `weir:${section}`, ...keys.slice(1)], '', '');
  const { line, column } = problemAt(file, readFileSync(file, 'utf8'), finding);
  return `${file}:${line}:${column}`;
}

const indented = (text: string): string => text.replaceAll(/^/gm, '    ');

/** Layers in words: `foundation + platform`, or `platform (on prod)`. */
export function layersText({ layers, upstream }: StackFile['settings']): string {
  const built = LAYERS.filter((layer) => layers.includes(layer)).join(' + ');
  return upstream === undefined || layers.includes('foundation') ? built : `${built} (on stack ${upstream})`;
}
