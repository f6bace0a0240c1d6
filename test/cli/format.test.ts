import { expect, test } from 'vitest';
import { githubText } from '../../cli/format/github.ts';
import { sarifText } from '../../cli/format/sarif.ts';
import type { Problem } from '../../runtime/model/read/problem.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';

const PROBLEM: Problem = {
  file: 'tenants/payments/models/fraud.yaml',
  line: 5,
  column: 31,
  path: 'serving.gpu',
  problem: '"fractoin" is not a way to share a GPU',
  remedy: '(none, fraction, whole)',
  suggestion: 'fraction',
  source: { text: 'serving: {latency: 50ms, gpu: fractoin}', length: 8 },
};
const WHOLE: Problem = { ...PROBLEM, path: '', line: 1, column: 1, problem: 'the file is empty', suggestion: null, source: null };

test('a workflow command says file, line, columns, title and message', () => {
  expect(githubText([PROBLEM])).toBe(
    '::error file=tenants/payments/models/fraud.yaml,line=5,endLine=5,col=31,endColumn=39,title=serving.gpu::' +
      '"fractoin" is not a way to share a GPU%0Adid you mean "fraction"? (none, fraction, whole)',
  );
});

test('nothing of a person ends a workflow command, or begins another one', () => {
  const text = githubText([{ ...PROBLEM, file: 'a,b:c%.yaml', path: 'x', problem: '100 %\r\n::error::injected', suggestion: null }]);
  expect(text.split('\n')).toHaveLength(1);
  expect(text).toBe(
    '::error file=a%2Cb%3Ac%25.yaml,line=5,endLine=5,col=31,endColumn=39,title=x::100 %25%0D%0A::error::injected%0A(none, fraction, whole)',
  );
});

test('escape sequences and marks of direction of a file name reach no log', () => {
  expect(githubText([{ ...PROBLEM, file: 'a\u001b[31m\u202egpj.yaml' }])).toContain('file=a\ufffd[31m\ufffdgpj.yaml,');
});

test('a log for code scanning has the structure of SARIF 2.1.0', () => {
  const log: unknown = JSON.parse(sarifText([PROBLEM, { ...PROBLEM, level: 'warning', path: 'labels[0].delay' }, WHOLE], '0.1.0'));
  expect(compileCheck(SARIF)(log)).toEqual([]);
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'weir', version: '0.1.0', rules: [{ id: 'model/file' }, { id: 'model/labels.delay' }, { id: 'model/serving.gpu' }] },
        },
        results: [
          {
            ruleId: 'model/serving.gpu',
            ruleIndex: 2,
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'tenants/payments/models/fraud.yaml', uriBaseId: '%SRCROOT%' },
                  region: { startLine: 5, startColumn: 31, endLine: 5, endColumn: 39 },
                },
              },
            ],
          },
          { ruleId: 'model/labels.delay', ruleIndex: 1, level: 'warning' },
          { ruleId: 'model/file', ruleIndex: 0 },
        ],
      },
    ],
  });
});

test('a problem keeps its fingerprint when the file grows above it, and rules name no field that a person made up', () => {
  const parsed = (problem: Problem): { readonly runs: readonly [{ readonly results: readonly [object] }] } =>
    JSON.parse(sarifText([problem], '1.0.0'));
  const of = (problem: Problem) => parsed(problem).runs[0].results[0];
  expect(of({ ...PROBLEM, line: 9 })).toMatchObject({ partialFingerprints: Reflect.get(of(PROBLEM), 'partialFingerprints') });
  expect(of({ ...PROBLEM, path: 'inputs.amount.kind' })).toMatchObject({ ruleId: 'model/inputs' });
  expect(of({ ...PROBLEM, file: 'tenants/payments/tenant.yaml', path: 'quota.gpus' })).toMatchObject({ ruleId: 'tenant/quota.gpus' });
});

test('a path with blanks or of another root is a URI', () => {
  expect(sarifText([{ ...PROBLEM, file: './my tenants/a#b.yaml' }], '1.0.0')).toContain('"uri": "my%20tenants/a%23b.yaml"');
  expect(sarifText([{ ...PROBLEM, file: '/srv/x.yaml' }], '1.0.0')).toContain('"uri": "file:///srv/x.yaml"');
});

/** The part of the OASIS schema (sarif-v2.1.0, errata 01) that such a log uses: required keys, closed objects, ranges of numbers. */
function closed(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { title: 'a part of a log', type: 'object', additionalProperties: false, properties, required };
}
const TEXT: JsonSchema = { title: 'a text', type: 'string', minLength: 1 };
const NUMBER: JsonSchema = { title: 'a place', type: 'integer', minimum: 1 };
const LEVEL: JsonSchema = { title: 'a level', enum: ['none', 'note', 'warning', 'error'] };
const MESSAGE = closed({ text: TEXT }, ['text']);
const listOf = (items: JsonSchema): JsonSchema => ({ title: 'a list', type: 'array', items });
const RULE = closed({ id: TEXT, shortDescription: MESSAGE, defaultConfiguration: closed({ level: LEVEL }, []) }, ['id']);
const DRIVER = closed(
  {
    name: TEXT,
    version: TEXT,
    semanticVersion: TEXT,
    informationUri: { title: 'a URI', type: 'string', pattern: '^https://' },
    rules: { ...listOf(RULE), uniqueItems: true },
  },
  ['name'],
);
const REGION = closed({ startLine: NUMBER, startColumn: NUMBER, endLine: NUMBER, endColumn: NUMBER, snippet: closed({ text: TEXT }, []) }, []);
const LOCATION = closed({ physicalLocation: closed({ artifactLocation: closed({ uri: TEXT, uriBaseId: TEXT }, []), region: REGION }, []) }, []);
const RESULT = closed(
  {
    ruleId: TEXT,
    ruleIndex: { title: 'an index', type: 'integer', minimum: -1 },
    level: LEVEL,
    message: MESSAGE,
    locations: listOf(LOCATION),
    partialFingerprints: { title: 'fingerprints', type: 'object', additionalProperties: TEXT },
  },
  ['message'],
);
const RUN = closed(
  {
    tool: closed({ driver: DRIVER }, ['driver']),
    columnKind: { title: 'a kind of column', enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    invocations: listOf(closed({ executionSuccessful: { title: 'true or false', type: 'boolean' } }, ['executionSuccessful'])),
    results: listOf(RESULT),
  },
  ['tool'],
);
const SARIF = closed({ $schema: TEXT, version: { title: 'a version', enum: ['2.1.0'] }, runs: listOf(RUN) }, ['version', 'runs']);
