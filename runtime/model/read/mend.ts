import type { Finding, Path } from './locate.ts';

/** How often what is left may show new mistakes: a wrong section takes its parts with it. */
const ROUNDS = 3;

/** Data without its wrong parts, and where they were. */
export interface Mended {
  readonly data: unknown;
  readonly damaged: readonly Path[];
}

/**
 * What is left of a file when everything its schema refuses is taken out; null when a required part is missing then. It is never served: it
 * is looked at for what is wrong with the other parts, so that one mistake does not hide another.
 */
export function mend(data: unknown, check: (data: unknown) => readonly Finding[]): Mended | null {
  let left: unknown = structuredClone(data);
  const damaged: Path[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const findings = check(left);
    if (findings.length === 0) return { data: left, damaged };
    for (const { path } of findings) {
      damaged.push(path);
      left = without(left, path);
    }
  }
  return check(left).length === 0 ? { data: left, damaged } : null;
}

/** The tree without what lies at this path; items of a list are taken out with the whole list, whose other places would move. */
function without(tree: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || Array.isArray(tree)) return undefined;
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    if (name !== String(key)) return [[name, value]];
    const left = rest.length === 0 ? undefined : without(value, rest);
    return left === undefined ? [] : [[name, left]];
  });
  return Object.fromEntries(entries);
}
