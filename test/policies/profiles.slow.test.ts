import { describe, expect, test } from 'vitest';
import { PROFILES, SPLITS } from '../support/environments.ts';
import { found, judgedEnvironment } from './judged.ts';

describe.each(PROFILES)('profile %s', (profile) => {
  test.each(SPLITS.filter((split) => split !== 'whole'))('as a stack of its own its %s breaks no rule that is not waived', async (split) => {
    const verdict = await judgedEnvironment(profile, { split });
    expect(found(verdict)).toEqual([]);
    expect(verdict.ran.length).toBeGreaterThan(10);
  });

  test('a first preview, whose ids nobody knows yet, is no reason for a finding', async () => {
    expect(found(await judgedEnvironment(profile, { world: { preview: true } }))).toEqual([]);
  });
});
