import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemsOf, TEN_LINES, textOf } from './files.ts';

test('a key that is given twice is told at its second place, with all other problems', () => {
  expect(problemsOf(`${TEN_LINES}owner: other\nextra: 1\n`)).toEqual([
    '10:1 : this key is given twice',
    '11:1 extra: "extra" is not a field of a model file',
  ]);
});

test('a key that is no word is told in words', () => {
  expect(problemsOf(`${TEN_LINES}? [a, b]\n: 1\n`)).toEqual([expect.stringContaining('a list or a map as a key')]);
});

test('a tab as indentation is told as such', () => {
  expect(problemsOf('registry:\n\tversion: 8\n')).toEqual(['2:1 : a tab indents this line']);
});

test.each([
  ['a: &base {b: 1}\n', '1:10 : "&base" is an anchor'],
  ['a: *base\n', '1:4 : "*base" is an alias'],
  ['a: !secret x\n', '1:12 : "!secret" is a tag'],
  ['a: !!binary x\n', '1:13 : "tag:yaml.org,2002:binary" is a tag'],
  ['<<: {a: 1}\n', '1:1 : "<<" is a merge key'],
  ['model: fraud\nowner: a\u0000b\n', '2:9 : a control character (U+0000)'],
  ['%YAML 1.1\n---\nmodel: yes\n', '1:1 : a %YAML line'],
  ['model: fraud\n---\nmodel: other\n', '2:1 : a second document begins here'],
  ['', '1:1 : the file is empty'],
  ['# nothing\n', '1:1 : the file is empty'],
  ['just words\n', '1:1 : "just words" is not a model file'],
])('%j is told by name', (text, problem) => {
  expect(problemsOf(text)).toContain(problem);
});

test('a bomb of aliases is refused without being expanded', () => {
  const levels = Array.from({ length: 12 }, (_, level) => `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}1]`.replaceAll('*a-1, ', ''));
  expect(problemsOf(levels.join('\n'))[0]).toBe('1:9 : "&a0" is an anchor');
});

test.each(['[', '{a: ', '- '])('ten thousand levels of %j are one problem', (open) => {
  const problems = problemsOf(`inputs: ${open === '- ' ? '\n' : ''}${open.repeat(10_000)}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/nested too deep/);
});

test('a file of a megabyte is not read', () => {
  expect(problemsOf(`model: ${'x'.repeat(1_000_000)}`)).toEqual(['1:1 : 977 KiB is too large for a file of settings']);
});

test('control characters of a file do not reach the terminal', () => {
  const text = textOf('"\u001b]0;owned\u0007": 1\nmodel: "a\u202eb"\n');
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
});

test('a long line is cut around the carets, and says so', () => {
  const lines = textOf(
    `${' '.repeat(0)}model: fraud\ninputs: {${Array.from({ length: 60 }, (_, i) => `feature_${i}: numeric`).join(', ')}, bad: numerc}\n`,
  ).split('\n');
  const at = lines.findIndex((line) => line.includes('inputs.bad'));
  const [, source = '', carets = ''] = lines.slice(at);
  expect(source.length).toBeLessThan(125);
  expect(source).toContain('…');
  expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('numerc');
});

test('any text at all gives a model or problems with places in the text, and never throws', () => {
  const piece = fc.oneof(
    fc.constantFrom('model: fraud\n', 'inputs: {', '}', '[', ']', ': ', '- ', '"', "'", '#', '&a', '*a', '!t', '\t', '\n', '---\n', '\u0000', '|\n'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      for (const problem of problemsOf(text)) {
        const [line = 0] = problem.split(':').map(Number);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
    { numRuns: 500 },
  );
});
