import { ArgsError } from '../../runtime/errors.ts';
import { isList, own, type Tree } from '../../runtime/model/layers/tree.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';
import { nearest } from '../../runtime/model/read/suggest.ts';

/** `rollout.steps[0].weight` as keys and indices. */
export function fieldPath(text: string): Path {
  const parts = text.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  return parts.map((part) => (part.startsWith('[') ? Number(part.slice(1, -1)) : part));
}

/** The value at a place of a spec. Throws ArgsError with what is there instead. */
export function fieldOf(spec: Tree, path: Path): Tree {
  let value = spec;
  for (const [depth, key] of path.entries()) {
    const next = own(value, key);
    if (next === undefined) throw notThere(value, path, depth);
    value = next;
  }
  return value;
}

function notThere(value: Tree, path: Path, depth: number): ArgsError {
  const place = pathText(path.slice(0, depth)) || 'the spec';
  const known = isList(value) ? value.map((_item, index) => `[${index}]`) : typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const suggestion = nearest(String(path[depth]), known);
  const meant = suggestion === null ? '' : `Did you mean ${pathText([...path.slice(0, depth), suggestion])}? `;
  const listed = known.length === 0 ? `${place} is a single value.` : `${place} has ${known.join(', ')}.`;
  return new ArgsError('--field', `"${pathText(path)}" is not in the effective spec`, `${meant}${listed}`);
}
