import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { STATE_TELLS } from '../../../cli/policy/sources/stack-resource.ts';
import { allFixtures } from '../../support/policies/all-fixtures.ts';
import { openPolicyEngine, STACK } from '../../support/policies/policy-engine.ts';
import { pureLines } from '../../support/policies/told.ts';
import { pulumiHere } from '../../support/pulumi.ts';
import { run } from '../in-process.ts';
import { scratch } from '../run.ts';

const cli = await pulumiHere();
const here = cli ?? { path: '', version: '', hasLanguageHost: false };
const PATIENCE = 300_000; // five starts of the CLI on a machine that does other things

interface Told {
  readonly findings: readonly {
    readonly rule: string;
    readonly level: string;
    readonly urn: string;
    readonly name: string;
    readonly problem: string;
    readonly path: string;
  }[];
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

async function judged(kind: '--state' | '--plan', text: string): Promise<Told> {
  const file = join(scratch(), 'given.json');
  writeFileSync(file, text);
  const { out, err } = await run(['policy', 'check', kind, file, '--json']);
  expect(err).toBe('');
  return JSON.parse(out);
}

const linesOf = ({ findings }: Told): readonly string[] =>
  findings.map(({ rule, level, urn, name, problem, path }) => `${rule} ${level} ${urn} ${name} ${problem}${path === '' ? '' : ` (${path})`}`).sort();

/** The document alone, without what the CLI says beside it on standard error. */
const jsonIn = (output: string): string => /^\{$.*?^\}$/ms.exec(output)?.[0] ?? '';

describe.skipIf(cli === null)('what the real CLI writes, of a stack that breaks every rule', () => {
  test('its preview and its state are judged as the pure call judges the program', { timeout: PATIENCE }, async () => {
    const { given, resources: all } = allFixtures('fail');
    const resources = all.map((each) => ({ ...each, options: { ...each.options, retainOnDelete: false } })); // the program under test sets it of nothing
    const pure = pureLines(resources, { tells: STATE_TELLS });
    const withoutDefaults = pure.filter((line) => !line.includes('::default_')); // a preview does not show them
    await using engine = await openPolicyEngine(here, {
      resources: given,
      stackFile: 'config:\n  weir:owner: platform-team\n  weir:profile: prod\n',
    });
    const preview = async (...flags: readonly string[]) =>
      judged('--plan', jsonIn((await engine.run(['preview', '--stack', STACK, '--json', ...flags])).output));

    expect(linesOf(await preview())).toEqual(withoutDefaults);
    expect((await engine.run(['up', '--stack', STACK, '--yes', '--skip-preview'])).code).toBe(0);
    expect(linesOf(await judged('--state', jsonIn((await engine.run(['stack', 'export', '--stack', STACK])).output)))).toEqual(pure);
    expect(linesOf(await preview('--show-sames'))).toEqual(withoutDefaults);

    const bare = await preview(); // nothing changes, and without the flag nothing is shown
    expect(bare.findings).toEqual([]);
    expect(bare.skipped).toMatchObject([{ reason: expect.stringContaining('--show-sames'), count: given.length }]);
  });
});
