import { isDeepStrictEqual } from 'node:util';
import { judgeChange } from '../../components/replace-on.ts';
import type { Values } from './grpc.ts';

/** What changed between two sets of inputs, as names of properties. */
export interface Difference {
  readonly changed: readonly string[];
  /** Those of them that no provider changes where they are (components/replace-on.ts). What is not known is said to be changed in place. */
  readonly replacing: readonly string[];
}

export function differenceOf(type: string, before: Values, after: Values): Difference {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !name.startsWith('__')); // the SDK's own
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const replacing = changed.filter((name) =>
    changes(before[name], after[name], name).some(({ path, from, to }) => judgeChange(type, path, from, to).verdict === 'replace'),
  );
  return { changed, replacing };
}

interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The places at which two values differ, without indices; one that is on one side alone differs as a whole. */
function changes(from: unknown, to: unknown, path: string): readonly Change[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) return from.flatMap((one, index) => changes(one, to[index], path));
  if (!isMap(from) || !isMap(to)) return [{ path, from, to }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => changes(from[key], to[key], `${path}.${key}`));
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
