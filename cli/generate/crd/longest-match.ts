/**
 * Length of the longest text that a pattern matches, in characters; Infinity when it has none. For patterns of the schemas: anchored, of
 * classes, escapes, groups, alternatives and greedy quantifiers. The API server bounds the cost of its rules by `maxLength` and reads no
 * patterns, and a file that breaks one rule should get one message, so the schemas do not say both.
 */
export function longestMatch(pattern: string): number {
  const reader = { rest: pattern.replace(/^\^/, '').replace(/\$$/, '') };
  const length = alternatives(reader);
  if (reader.rest !== '') throw new Error(`cannot read "${reader.rest}" of ${pattern}`);
  return length;
}

interface Reader {
  rest: string;
}

function alternatives(reader: Reader): number {
  let longest = sequence(reader);
  while (take(reader, /^\|/) !== null) longest = Math.max(longest, sequence(reader));
  return longest;
}

function sequence(reader: Reader): number {
  let length = 0;
  while (reader.rest !== '' && !/^[|)]/.test(reader.rest)) length += product(atom(reader), times(reader));
  return length;
}

/** One character: a class, an escape, or itself. More: a group. */
function atom(reader: Reader): number {
  if (take(reader, /^\((\?:)?/) !== null) {
    const length = alternatives(reader);
    if (take(reader, /^\)/) === null) throw new Error(`no ) before "${reader.rest}"`);
    return length;
  }
  if (take(reader, /^(\[(\\.|[^\]\\])+\]|\\.|[^[\\])/) === null) throw new Error(`cannot read "${reader.rest}"`);
  return 1;
}

function times(reader: Reader): number {
  const quantifier = take(reader, /^([*+?]|\{(\d+)(,(\d*))?\})/);
  if (quantifier === null) return 1;
  const [, sign, least = '', comma, most = ''] = quantifier;
  if (sign === '?') return 1;
  if (sign === '*' || sign === '+') return Infinity;
  return comma === undefined ? Number(least) : most === '' ? Infinity : Number(most);
}

/** Nothing, however often, is nothing. */
const product = (length: number, count: number): number => (length === 0 || count === 0 ? 0 : length * count);

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  const found = pattern.exec(reader.rest);
  if (found !== null) reader.rest = reader.rest.slice(found[0].length);
  return found;
}
