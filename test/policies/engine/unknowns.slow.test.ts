import { afterAll, beforeAll, expect, test } from 'vitest';
import { RULES } from '../../../policies/catalogue.ts';
import { resourcesOf } from '../../../policies/fixtures.ts';
import { type PackRunner, startPack } from '../../support/policies/pack-runner.ts';
import { linesOf, pureLines } from '../../support/policies/told.ts';
import { withUnknowns } from '../../support/policies/unknowns.ts';

let pack: PackRunner;
beforeAll(async () => {
  pack = await startPack({ 'weir:owner': 'platform-team', 'weir:profile': 'prod' });
});
afterAll(() => pack[Symbol.asyncDispose]());

test.each(RULES.map((rule) => ({ id: rule.id, rule })))('$id judges each value that is not known yet as the pure call does', async ({ rule }) => {
  for (const resources of withUnknowns(resourcesOf(rule.fail, `${rule.id}-unknown`))) {
    expect(linesOf(await pack.analyze(resources))).toEqual(pureLines(resources));
  }
});
