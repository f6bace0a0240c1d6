import type { Origins } from '../layers/origin.ts';
import type { TenantModel } from '../loaded.ts';
import { type Path, pathText } from '../read/locate.ts';

/** One model under check: its effective spec, and where each value comes from. */
export interface Subject {
  readonly model: TenantModel;
  /** May be computed when it is asked for. */
  readonly origins: Origins;
}

/** Where a value comes from that is not in the file, in brackets with a space before; empty for the file's own. */
export function from({ origins }: Pick<Subject, 'origins'>, path: Path): string {
  const origin = originAt(origins, path);
  return origin === null || origin.layer === 'file' ? '' : ` (${origin.text})`;
}

/** Whether the file itself gives a value here, or anything below. */
export function isOwn({ origins }: Pick<Subject, 'origins'>, path: Path): boolean {
  if (originAt(origins, path)?.layer === 'file') return true;
  return [...origins].some(([leaf, { layer }]) => layer === 'file' && isBelow(leaf, path));
}

/** Of several places that could be changed the first that stands in the file, else the first. */
export function ownFirst(subject: Pick<Subject, 'origins'>, ...paths: readonly [Path, ...Path[]]): Path {
  return paths.find((path) => isOwn(subject, path)) ?? paths[0];
}

function originAt(origins: Origins, path: Path): { readonly layer: string; readonly text: string } | null {
  for (let length = path.length; length > 0; length--) {
    const origin = origins.get(pathText(path.slice(0, length)));
    if (origin !== undefined) return origin;
  }
  // of a section what somebody said in it; a default there says nothing of who opened it
  return [...origins].find(([leaf, { layer }]) => layer !== 'platform' && isBelow(leaf, path))?.[1] ?? null;
}

const isBelow = (leaf: string, path: Path): boolean => [`${pathText(path)}.`, `${pathText(path)}[`].some((start) => leaf.startsWith(start));

/** Milliseconds as people write them: `15ms`, `1.5s`. */
export function timeText(seconds: number): string {
  return seconds < 1 ? `${Number((seconds * 1000).toPrecision(4))}ms` : `${Number(seconds.toPrecision(4))}s`;
}
