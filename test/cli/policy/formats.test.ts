import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonReport } from '../../../cli/policy/format/json.ts';
import { POLICY_FORMATS, reportText } from '../../../cli/policy/report-text.ts';
import { missingTool, toolsFolder } from '../../support/tools.ts';
import { door, doorsReport } from './report.ts';

const SCHEMA = join(toolsFolder(), 'sarif', 'schema.json');
const noSchema = missingTool('sarif', [SCHEMA]);

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: Readonly<Record<string, unknown>> }[] };
      };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions: readonly { readonly justification: string }[];
      }[];
    },
  ];
}

function sarifOf(report: ReturnType<typeof doorsReport>): Sarif['runs'][0] {
  const log: Sarif = JSON.parse(reportText(report, 'sarif'));
  return log.runs[0];
}

test('text says the sum, then each rule with its remedy once, then what was not judged', () => {
  expect(
    reportText(doorsReport(), 'text'),
  ).toBe(`house.yaml: 1 violation of 1 rule, 1 advisory finding, 1 waived     3 rules on 3 resources, profile prod

door-worse (critical): door-worse is kept
  do: Set closed to true.
  house.yaml:3:5  aws:test:Door front  lock  has no lock (its waiver ended on 2026-10-31: ask doors)

door-told (low, advisory): door-told is kept
  do: Set closed to true.
  house.yaml:3:5  aws:test:Door front  closed  stands open

  waived     door-closed of aws:test:Door front until 2026-12-31, doors: It is replaced in spring, the parts are ordered.
  unused     the waiver of door-told for *::none covers nothing: take it out
  undecided  2 values are secret, or not known before up: door-closed at closed of side, door-told at closed of side
  skipped    1 empty file

weir policy explain door-worse: why, with an example that is right`);
});

test('text shows twenty findings of a rule, and how many more there are', () => {
  const resources = Array.from({ length: 1_234 }, (_, index) => door(`door-${index}`, { closed: false }));
  const text = reportText(doorsReport({ resources, config: {} }), 'text');
  expect(text.match(/stands open/g)).toHaveLength(40);
  expect(text).toContain('  and 1,214 more: --format json has all');
});

test('JSON has every fact under names that stay', () => {
  const json = jsonReport(doorsReport());
  expect(Object.keys(json).join(' ')).toBe(
    'kind v source profile stops counts findings waived rules undecided unusedWaivers leftOut disabled skipped unread',
  );
  expect(json).toMatchObject({
    kind: 'weir.policy/Report',
    v: 1,
    stops: true,
    counts: { resources: 3, rules: 3, mandatory: 1, advisory: 1, expired: 1, waived: 1, undecided: 2, unread: 0, skipped: 1 },
    findings: [
      { rule: 'door-told', level: 'advisory' },
      { rule: 'door-worse', severity: 'critical', expired: { expires: '2026-10-31' } },
    ],
    waived: [{ rule: 'door-closed', waiver: { expires: '2026-12-31' }, place: { file: 'house.yaml', line: 3, column: 5 } }],
    unusedWaivers: [{ rule: 'door-told' }],
  });
});

test('annotations are one line each, the worst first; what is waived is none', () => {
  expect(reportText(doorsReport(), 'github').split('\n')).toEqual([
    '::error file=house.yaml,line=3,endLine=3,col=5,title=door-worse%3A door-worse is kept::aws:test:Door front lock has no lock (its waiver ended on 2026-10-31: ask doors)%0ASet closed to true.',
    '::warning file=house.yaml,line=3,endLine=3,col=5,title=door-told%3A door-told is kept::aws:test:Door front closed stands open%0ASet closed to true.',
    '::warning title=door-told::The waiver for *::none covers nothing.%0ATake it out, or mend its pattern.',
    'house.yaml: 1 violation of 1 rule, 1 advisory finding, 1 waived (3 rules on 3 resources, profile prod)',
  ]);
});

describe('SARIF', () => {
  test('says every rule that ran with its help and grade, and what is waived as suppressed', () => {
    const { tool, results, invocations } = sarifOf(doorsReport());
    expect(tool.driver.rules.map(({ id, properties }) => `${id} ${String(properties['security-severity'])}`)).toEqual([
      'door-closed 8.0',
      'door-told 2.0',
      'door-worse 9.5',
    ]);
    expect(
      results.map(({ ruleId, level, suppressions }) => `${ruleId} ${level} ${suppressions.map(({ justification }) => justification).join()}`),
    ).toEqual([
      'door-told warning ',
      'door-worse error ',
      'door-closed error until 2026-12-31, doors: It is replaced in spring, the parts are ordered.',
    ]);
    expect(invocations[0].executionSuccessful).toBe(true);
  });

  test('knows a finding again when others come and go, and tells two of one property apart', () => {
    const prints = (resources: readonly ReturnType<typeof door>[]) =>
      sarifOf(doorsReport({ resources, config: {} })).results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join());
    const [front, back] = [door('front', { closed: false }), door('back', { closed: false })];
    expect(prints([back, front])).toEqual(expect.arrayContaining([...prints([front])]));
    const all = prints([front, back]);
    expect(new Set(all).size).toBe(all.length);
  });

  test.skipIf(noSchema !== null)('is what its published schema asks for', () => {
    const { $schema: _draft, id: _id, ...schema }: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(schema); // of draft 4, which has the same words for what it uses
    const unread = [{ file: 'a b.yaml', line: 2, column: 1, path: '', problem: 'is not YAML', remedy: 'Mend it.', suggestion: null, source: null }];
    for (const report of [
      doorsReport(),
      doorsReport({ unread }),
      doorsReport({ resources: [] }),
      doorsReport({ placeOf: () => null }),
      doorsReport({ placeOf: () => ({ file: '/srv/state.json' }) }),
    ]) {
      validate(JSON.parse(reportText(report, 'sarif')));
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate({ version: '2.1.0', runs: [{ results: [{ level: 'loud' }] }] })).toBe(false);
  });
});

describe('a comment', () => {
  test('is a table of violations with the rest folded', () => {
    expect(reportText(doorsReport(), 'markdown')).toBe(`### weir policy house.yaml: 1 violation of 1 rule, 1 advisory finding, 1 waived

3 rules on 3 resources, profile prod.

**Somebody has to act before this is merged.**

| rule | resource | what is wrong | where |
|---|---|---|---|
| door-worse | aws:test:Door front | lock has no lock (its waiver ended on 2026-10-31: ask doors) | house.yaml:3:5 |

- **door-worse** (critical): door-worse is kept. Set closed to true.

<details><summary>1 advisory finding</summary>

| rule | resource | what is wrong | where |
|---|---|---|---|
| door-told | aws:test:Door front | closed stands open | house.yaml:3:5 |

- **door-told** (low): door-told is kept. Set closed to true.

</details>

<details><summary>Waived, undecided, left out</summary>

- **waived** door-closed of aws:test:Door front until 2026-12-31, doors: It is replaced in spring, the parts are ordered.
- **unused** the waiver of door-told for \\*::none covers nothing: take it out
- **undecided** 2 values are secret, or not known before up: door-closed at closed of side, door-told at closed of side
- **skipped** 1 empty file

</details>`);
  });

  test('never grows beyond what GitHub takes, and says how much it leaves out', () => {
    const resources = Array.from({ length: 5_000 }, (_, index) => door(`${'door'.repeat(100)}-${index}`, { closed: false, lock: 'none' }));
    const unread = Array.from({ length: 500 }, (_, index) => ({
      file: `${index}.yaml`,
      line: 1,
      column: 1,
      path: '',
      problem: 'x'.repeat(200),
      remedy: 'Mend it.',
      suggestion: null,
      source: null,
    }));
    const text = reportText(doorsReport({ resources, unread, config: {} }), 'markdown');
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/and [\d,]+ more: `--format json` has all\./);
    expect(text.endsWith('</details>')).toBe(true);
  });
});

/** What a terminal acts on, but for the ends of lines. */
const UNSEEN = /[[\p{Cc}\p{Cf}]--[\n\u200b]]/v;

test('a name from a file ends no line, no cell and no command, calls nobody, and shows no secret', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', '\n', '\r', '::', '|', '`', '<b>', '@team', '\u001b[31m', '\u202e', '%', '"', '](x)', ' '),
  });
  fc.assert(
    fc.property(hostile, (name) => {
      const resources = [door(name, { closed: false })];
      const report = doorsReport({ resources, config: {}, placeOf: () => ({ file: name, line: 1 }) });
      const github = reportText(report, 'github').split('\n');
      expect(github).toHaveLength(3);
      const markdown = reportText(report, 'markdown');
      expect(markdown).not.toMatch(/[^\\]<b>|@team/);
      for (const text of [markdown, reportText(report, 'text'), reportText(report, 'github')]) expect(text).not.toMatch(UNSEEN);
      const rows = markdown.split('\n').filter((line) => line.startsWith('| door-'));
      expect(rows.map((row) => row.replaceAll(/\\./g, '').split('|').length)).toEqual([6, 6]);
    }),
  );
  const key = `AKIA${'Q'.repeat(16)}`;
  const leaky = doorsReport({ resources: [door(key, { closed: false })], config: {} });
  for (const format of POLICY_FORMATS.filter((each) => each !== 'json')) expect(reportText(leaky, format)).not.toContain(key);
});
