import { expect, test } from 'vitest';
import { textFormat, Word } from '../../../runtime/model/render/text-format.ts';

test('a message is written a field a line, an enumeration without quotes, a list once for each element', () => {
  const text = textFormat({ name: 'a', max: 8, on: false, left: undefined, kind: new Word('KIND_CPU'), dims: [1, -1], part: [{ key: 'b' }, {}] });
  expect(text).toBe('name: "a"\nmax: 8\non: false\nkind: KIND_CPU\ndims: 1\ndims: -1\npart {\n  key: "b"\n}\npart {\n}\n');
});

test('a text keeps quotes, backslashes, line ends and letters of any language', () => {
  expect(textFormat({ text: 'a"b\\c\nd\té' })).toBe('text: "a\\"b\\\\c\\012d\\011\\303\\251"\n');
});

test('a number that is none is refused with its field', () => {
  expect(() => textFormat({ max: Number.NaN })).toThrow('max: NaN');
});
