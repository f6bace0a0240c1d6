import { createHash } from 'node:crypto';
import { isAbsolute, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../../runtime/model/read/problem.ts';
import { levelOf } from './level.ts';
import { type Rule, ruleOf } from './rule.ts';

export const SARIF_SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A SARIF 2.1.0 log with one run (OASIS, sarif-v2.1.0): what code scanning takes. Paths stay relative to where the command ran. */
export function sarifText(problems: readonly Problem[], version: string): string {
  const rules = [...new Map(problems.map(ruleOf).map((rule) => [rule.id, rule])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'weir', version, semanticVersion: version, informationUri: 'https://weir.dev', rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits', // as the reader counts, and as editors do
        invocations: [{ executionSuccessful: true }],
        results: problems.map((problem) => result(problem, rules)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function descriptor({ id, text }: Rule): object {
  return { id, shortDescription: { text }, defaultConfiguration: { level: 'error' } };
}

function result(problem: Problem, rules: readonly Rule[]): object {
  const { id } = ruleOf(problem);
  const place = problem.path === '' ? '' : `${problem.path}: `;
  const hint = problem.suggestion === null ? problem.remedy : `did you mean "${problem.suggestion}"? ${problem.remedy}`;
  return {
    ruleId: id,
    ruleIndex: rules.findIndex((rule) => rule.id === id),
    level: levelOf(problem),
    message: { text: `${place}${problem.problem}\n${hint}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(problem.file), region: region(problem) } }],
    partialFingerprints: { 'weirProblem/v1': fingerprint(problem) },
  };
}

/** Without the line: a problem stays the same one when the file grows above it. */
function fingerprint({ file, path, problem }: Problem): string {
  return createHash('sha256').update(`${file}\n${path}\n${problem}`).digest('hex').slice(0, 32);
}

/** Relative to where the command ran; what lies elsewhere is a URI of another root, from which code scanning takes the checkout's folder away. */
export function artifact(file: string): object {
  if (isAbsolute(file) || normalize(file).split(sep)[0] === '..') return { uri: pathToFileURL(file).href };
  const uri = normalize(file)
    .split(sep)
    .filter((part) => part !== '.' && part !== '')
    .map(encodeURIComponent)
    .join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** Lines and columns from 1; the end is the first column that does not belong to it. */
function region({ line, column, source }: Problem): object {
  if (source === null) return { startLine: line };
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + source.length, snippet: { text: source.text } };
}
