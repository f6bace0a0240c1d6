import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../policies/catalogue.ts';
import { allFixtures } from '../../support/policies/all-fixtures.ts';
import { openPolicyEngine, STACK } from '../../support/policies/policy-engine.ts';
import { linesOf, pureLines } from '../../support/policies/told.ts';
import { pulumiHere } from '../../support/pulumi.ts';

const cli = await pulumiHere();
const here = cli ?? { path: '', version: '', hasLanguageHost: false };
const PATIENCE = 300_000; // five starts of the CLI on a machine that does other things

const PROD = 'config:\n  weir:owner: platform-team\n  weir:profile: prod\n';
const advisory = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/^(\S+) mandatory /, '$1 advisory ')).sort();
/** A state names no settings: a resource alone is known as Weir's by its parents, and those of fixtures have none. */
const seenAlone = new Set(RULES.filter(({ kind, scope }) => kind === 'resource' && scope === 'weir').map(({ id }) => id));

describe.skipIf(cli === null)('through the real engine, the fixtures of every rule in one stack', () => {
  test.each(['pass', 'fail'] as const)(
    '%s: preview, up and the analysis of the state find what the pure call finds',
    { timeout: PATIENCE },
    async (which) => {
      const { given, resources } = allFixtures(which);
      const pure = pureLines(resources);
      await using engine = await openPolicyEngine(here, { resources: given, stackFile: PROD });

      const preview = await engine.judged(['preview', '--stack', STACK]);
      expect(linesOf(preview.told)).toEqual(pure);
      expect(preview.output).toContain('preview failed');
      expect(preview.code).not.toBe(0);

      // an `up` whose preview was skipped makes nothing of what breaks a mandatory rule by itself
      const refused = await engine.judged(['up', '--stack', STACK, '--yes', '--skip-preview']);
      expect(refused.code).not.toBe(0);
      const alone = new Set(RULES.filter(({ kind }) => kind === 'resource').map(({ id }) => id));
      const broken = new Set(pure.filter((line) => alone.has(line.split(' ')[0] ?? '')).map((line) => line.split(' ')[2]));
      expect(engine.created().filter((urn) => broken.has(urn))).toEqual([]);

      const up = await engine.judged(['up', '--stack', STACK, '--yes', '--skip-preview'], { all: 'advisory' });
      expect(linesOf(up.told)).toEqual(advisory(pure));
      expect(up.code).toBe(0);

      const state = join(engine.folder, 'state.json');
      await engine.run(['stack', 'export', '--stack', STACK, '--file', state]);
      const analysis = await engine.judged(['policy', 'analyze', '--file', state]);
      expect(linesOf(analysis.told)).toEqual(pure.filter((line) => !seenAlone.has(line.split(' ')[0] ?? '')));
      expect(analysis.code).not.toBe(0);
    },
  );
});
