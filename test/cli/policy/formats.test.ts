import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summaryOf } from '../../../cli/policy/format/facts.ts';
import { jsonReport } from '../../../cli/policy/format/json.ts';
import { POLICY_FORMATS, reportText } from '../../../cli/policy/report-text.ts';
import type { Place } from '../../../cli/policy/source.ts';
import type { PolicyConfig } from '../../../policies/config.ts';
import type { GraphRule, Rule } from '../../../policies/rule.ts';
import { missingTool, toolsFolder } from '../../support/tools.ts';
import { DOORS, door, doorsReport } from './report.ts';

const SCHEMA = join(toolsFolder(), 'sarif', 'schema.json');
const noSchema = missingTool('sarif', [SCHEMA]);

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: Readonly<Record<string, unknown>> }[] };
      };
      readonly invocations: readonly [
        { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: { readonly startLine: number };
          };
        }[];
      }[];
    },
  ];
}

const literally = (text: string): string => text.replaceAll(/[()]/g, String.raw`\$&`);

const graphRule = (id: string): GraphRule => ({
  kind: 'graph',
  id,
  title: `${id} is kept`,
  reason: 'Nobody knows what is behind a door that leads nowhere.',
  remedy: 'Look.',
  severity: 'low',
  ids: [],
  scope: 'any',
  check: () => [],
  pass: [],
  fail: [],
});

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
  unused     the waiver of door-told for *::none covers nothing here: take it out, or mend its pattern
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

test('a file that could not be read is said first, and nothing sounds like a good end', () => {
  const unread = [{ file: 'a.yaml', line: 2, column: 1, path: '', problem: 'is not YAML', remedy: 'Mend it.', suggestion: null, source: null }];
  expect(summaryOf(doorsReport({ unread, resources: [] }))).toBe('1 file not read, no violations in the rest');
  expect(summaryOf(doorsReport({ unread }))).toMatch(/^1 file not read, 1 violation of 1 rule,/);
});

test.each([
  ['2026-12-31', '1 waived'],
  ['2026-12-03', '1 waived (door-closed for 12 more days)'],
  ['2026-11-22', '1 waived (door-closed for 1 more day)'],
  ['2026-11-21', '1 waived (door-closed ends today)'],
])('a waiver until %s is told a month before a pipeline stops by it', (expires, said) => {
  const waiver = { rule: 'door-closed', urn: '*::front', reason: 'It is replaced, the parts are ordered.', owner: 'doors', expires };
  expect(summaryOf(doorsReport({ config: { waivers: [waiver] } }))).toMatch(new RegExp(`, ${literally(said)}$`));
  const two = { waivers: [waiver, { ...waiver, rule: 'door-worse', expires: '2026-12-21' }] };
  expect(summaryOf(doorsReport({ config: two })).includes(', 1 more within 30 days)')).toBe(expires < '2026-12-21');
});

test('text says what is left out as a count where nobody who named a manifest meant it, and by name where a stack can tell it', () => {
  const rules: readonly Rule[] = [
    ...DOORS,
    { ...graphRule('house-locked'), needs: ['dependencies'] },
    { ...graphRule('house-tagged'), needs: ['remote'] },
    { ...graphRule('house-of-weir'), scope: 'weir' },
  ];
  const said = (over: Parameters<typeof doorsReport>[0]) =>
    reportText(doorsReport({ config: {}, rules, ...over }), 'text').match(/^ {2}left out .*/gm);
  expect(said({ tells: [] })).toEqual([
    '  left out   2 rules about whole stacks: judge those with --state or --plan',
    '  left out   1 rule about what Weir makes',
  ]);
  expect(said({ tells: ['dependencies'] })).toEqual([
    '  left out   needs remote, which this source does not tell: house-tagged',
    '  left out   1 rule about what Weir makes',
  ]);
  expect(said({ resources: [] })).toBeNull();
});

test('text names the rules that somebody has disabled, and tells what has one reason once', () => {
  const config: PolicyConfig = {
    rules: { 'door-told': { level: 'disabled' } },
    waivers: ['front', 'back'].map((name) => ({
      rule: 'door-closed',
      urn: `*::${name}`,
      reason: 'It is replaced in spring, the parts are ordered.',
      owner: 'doors',
      expires: '2026-12-31',
    })),
  };
  const text = reportText(doorsReport({ config, resources: [door('front', { closed: false }), door('back', { closed: false })] }), 'text');
  expect(text).toContain('  disabled  by the configuration: door-told');
  expect(text.match(/^ {2}waived .*/gm)).toEqual([
    '  waived    door-closed of 2 findings until 2026-12-31, doors: It is replaced in spring, the parts are ordered.',
  ]);
});

test('JSON has every fact under names that stay', () => {
  const json = jsonReport(doorsReport());
  expect(Object.keys(json).join(' ')).toBe(
    'kind v source profile stops counts findings waived rules undecided unusedWaivers leftOut disabled unseen skipped unread',
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
    '::warning title=door-told::The waiver for *::none covers nothing here.%0ATake it out, or mend its pattern.',
    'house.yaml: 1 violation of 1 rule, 1 advisory finding, 1 waived (3 rules on 3 resources, profile prod)',
  ]);
});

describe('SARIF', () => {
  test('says every rule that ran with its help and grade; what is waived is left out, for GitHub would show it as open', () => {
    const { tool, results, invocations } = sarifOf(doorsReport());
    expect(tool.driver.rules.map(({ id, properties }) => `${id} ${String(properties['security-severity'])}`)).toEqual([
      'door-closed 8.0',
      'door-told 2.0',
      'door-worse 9.5',
    ]);
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual(['door-told warning', 'door-worse error']);
    expect(invocations[0].executionSuccessful).toBe(true);
  });

  test.each<[string, Place | null, string]>([
    ['nowhere', null, 'house.yaml'],
    ['in a file alone', { file: './k8s/state file.json' }, 'k8s/state%20file.json'],
    ['in a folder beside', { file: '../shop/web.yaml' }, pathToFileURL('../shop/web.yaml').href],
  ])('a finding that stands %s has a file and a line: one without would have the whole log refused', (_name, place, uri) => {
    const { results } = sarifOf(doorsReport({ placeOf: () => place }));
    for (const { locations } of results)
      expect(locations).toMatchObject([{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }]);
    expect(results).not.toEqual([]);
  });

  test('gives GitHub the fingerprint that it reads: two findings of one rule on one line stay two', () => {
    const resources = [door('front', { closed: false }), door('back', { closed: false })];
    const { results } = sarifOf(doorsReport({ resources, config: {}, placeOf: () => ({ file: 'house.yaml', line: 1 }) }));
    const prints = results.map(({ ruleId, partialFingerprints: { primaryLocationLineHash = '' } }) => `${ruleId} ${primaryLocationLineHash}`);
    expect(prints).toEqual(prints.map(() => expect.stringMatching(/ [\da-f]{32}:1$/)));
    expect(new Set(prints).size).toBe(4);
  });

  test('never holds more than code scanning takes: what is worse stays, and the rest is counted', () => {
    const resources = Array.from({ length: 15_000 }, (_, index) => door(`door-${index}`, { closed: false, lock: 'none' }));
    const { results, invocations } = sarifOf(doorsReport({ resources, config: {} }));
    expect(Object.entries(Object.groupBy(results, ({ ruleId }) => ruleId)).map(([id, of]) => `${id} ${of?.length}`)).toEqual([
      'door-closed 10000',
      'door-worse 15000',
    ]);
    expect(invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
      expect.stringContaining('20,000 findings of less weight are left out'),
    ]);
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
- **unused** the waiver of door-told for \\*::none covers nothing here: take it out, or mend its pattern
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
