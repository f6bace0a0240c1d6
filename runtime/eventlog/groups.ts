import { ArgsError } from '../errors.ts';
import { readIfThere, writeWhole } from '../files.ts';
import { checkOffset, groupFile } from './names.ts';

/** The next offset that a group wants; null when it never committed. */
export function readCommitted(root: string, group: string, topic: string, partition: number): number | null {
  const path = groupFile(root, group, topic, partition);
  const text = readIfThere(path);
  if (text === null) return null;
  const next = parse(text);
  if (next !== null) return next;
  const remedy = 'Remove the file: the group then begins at the oldest record, which a consumer must bear anyway (delivery is at least once).';
  throw new ArgsError(path, `"${text.slice(0, 100)}" is no committed offset`, remedy);
}

/** One small file per group and partition, replaced whole: consumers of different partitions never write the same file. */
export function writeCommitted(root: string, group: string, topic: string, partition: number, next: number): void {
  checkOffset(next);
  writeWhole(groupFile(root, group, topic, partition), `{"next":${next}}\n`);
}

function parse(text: string): number | null {
  const [, next] = /^\{"next":(\d{1,16})\}\n$/.exec(text) ?? [];
  return next !== undefined && Number.isSafeInteger(Number(next)) ? Number(next) : null;
}
