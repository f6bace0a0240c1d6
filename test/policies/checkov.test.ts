import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkov, type Scan, withoutCheckov } from '../support/checkov.ts';
import { goldenText } from '../support/golden.ts';
import { Sdks } from '../support/inputs/check-node.ts';
import { tempFolder } from '../support/temp.ts';
import { readWaivers } from '../support/waivers.ts';
import { comparedCases, OWN } from './checkov-cases.ts';
import differences from './checkov-differences.json' with { type: 'json' };
import { type Comparison, comparisonOf, comparisonText } from './checkov-table.ts';

/** What is waived of checkov has its reason there already. */
const waived = readWaivers(new URL('../inputs/checkov-waivers.json', import.meta.url)).map(({ rule, reason }) => [rule, reason] as const);
const reasons = new Map([...waived.toReversed(), ...Object.entries(differences)]);

describe.skipIf(withoutCheckov() !== null)('the rules and checkov, on the same resources', () => {
  let scan: Scan;
  let comparison: Comparison;

  beforeAll(async () => {
    using folder = tempFolder();
    const cases = await comparedCases(new Sdks());
    for (const { name, plan, objects } of cases) {
      writeFileSync(join(folder.path, `${name}.json`), JSON.stringify(plan));
      if (objects.length > 0) writeFileSync(join(folder.path, `${name}.yaml`), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    }
    scan = await checkov(folder.path, ['terraform_plan', 'kubernetes']);
    comparison = comparisonOf(cases, scan);
  });

  test('were read by both: checks of AWS and of Kubernetes held in Weir’s own', () => {
    expect(scan.unreadable).toEqual([]);
    const held = new Set(scan.passed.filter(({ file }) => OWN.has(file.replace(/\.(json|yaml)$/, ''))).map(({ rule }) => rule));
    expect([...held]).toEqual(expect.arrayContaining(['CKV_AWS_58', 'CKV2_AWS_6', 'CKV_K8S_20', 'CKV_K8S_43']));
  });

  test('what checkov finds and no rule does has a reason', () => {
    const silent = comparison.checks.filter(({ id, theirs }) => theirs.length > 0 && !reasons.has(id));
    expect(silent.map(({ id, title, theirs }) => `${id} ${title}: ${theirs.join(', ')}`)).toEqual([]);
  });

  test('no reason stands for what checkov does not find any more', () => {
    const found = new Set(comparison.checks.filter(({ theirs }) => theirs.length > 0).map(({ id }) => id));
    expect(Object.keys(differences).filter((id) => !found.has(id))).toEqual([]);
  });

  test('every reason is a sentence', () => {
    expect(Object.entries(differences).filter(([, reason]) => !/^[A-Z].{30,}\.$/s.test(reason))).toEqual([]);
  });

  test('stand side by side in a table that is reviewed', () => {
    const text = comparisonText(comparison, reasons);
    expect(text).toBe(goldenText('policies/checkov.md', text));
  });
});
