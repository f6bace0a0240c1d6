import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isList, isMap, type Tree } from '../../../runtime/model/layers/tree.ts';
import { statOf } from '../../../runtime/model/read/text.ts';
import { MAX_BYTES } from '../../../runtime/model/read/yaml.ts';
import { readDocument } from './yaml-document.ts';

const NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Files that a kustomization of the folder lays over others, as absolute paths: a part of an object is no object, and would break rules that the whole keeps. */
export function patchesOf(folder: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const name = NAMES.find((each) => names.has(each));
  if (name === undefined) return new Set();
  const file = join(folder, name);
  const size = statOf(file)?.size ?? 0;
  const read = size > 0 && size <= MAX_BYTES ? readDocument(readFileSync(file, 'utf8')) : null;
  if (read?.kind !== 'read' || !isMap(read.data)) return new Set();
  const { patches, patchesStrategicMerge, patchesJson6902 } = read.data;
  const paths = [patches, patchesStrategicMerge, patchesJson6902].flatMap((list) => (isList(list) ? list.flatMap(pathIn) : []));
  return new Set(paths.map((path) => resolve(folder, path)));
}

/** An entry is a path, or has one. */
function pathIn(entry: Tree): readonly string[] {
  const path = isMap(entry) ? entry.path : entry;
  return typeof path === 'string' && !path.includes('\n') ? [path] : [];
}
