import { closeSync, openSync, readSync } from 'node:fs';
import { ArgsError } from '../../errors.ts';

/** No header of a file that people write is longer; what is read here is not a CSV file. */
const MAX_HEADER_BYTES = 65_536;

/**
 * The names of a CSV file's columns: its first line, commas between, quotes around what holds one. Read here because a reader that guesses
 * separator, quotes and header takes a file with one torn row for another table altogether. Throws ArgsError.
 */
export function csvColumns(file: string): readonly string[] {
  const text = firstBytes(file).replace(/^\u{feff}/u, '');
  const end = text.search(/\r?\n/);
  if (end < 0 && text.length >= MAX_HEADER_BYTES) {
    throw new ArgsError(file, `has no line end in its first ${MAX_HEADER_BYTES} bytes`, 'A CSV file begins with a line of column names.');
  }
  const line = end < 0 ? text : text.slice(0, end);
  if (line.trim() === '') throw new ArgsError(file, 'is empty', 'A CSV file begins with a line of column names.');
  const names = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ArgsError(file, `has two columns "${twice}"`, 'Give each column a name of its own.');
  return names;
}

function firstBytes(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(MAX_HEADER_BYTES);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, MAX_HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
