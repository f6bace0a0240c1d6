import { describe, expect, test } from 'vitest';
import { openStack } from '../../support/policies/policy-engine.ts';
import { linesOf } from '../../support/policies/told.ts';
import { pulumiHere } from '../../support/pulumi.ts';

const cli = await pulumiHere();
const here = cli ?? { path: '', version: '', hasLanguageHost: false };

describe.skipIf(cli === null)('through the real engine, the stacks that are shipped', () => {
  test.each(['dev', 'staging', 'prod'])('a first preview of %s breaks no rule that its file does not waive', { timeout: 300_000 }, async (stack) => {
    await using engine = await openStack(here, '.', stack);
    const { code, output, told } = await engine.judged(['preview', '--stack', stack]);
    expect(linesOf(told)).toEqual([]);
    expect(output).toContain('weir@v0.1.0'); // the pack was there
    expect(code).toBe(0);
  });
});
