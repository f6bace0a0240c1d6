import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assumptionsOf } from '../../cli/plan/cost.ts';
import { parseStackFile } from '../../cli/plan/stack-file.ts';
import { ASSUMPTIONS, NODE_HOURS } from '../../components/cost/assumptions.ts';
import { usageAssumptions } from '../../components/cost/usage.ts';
import settings from '../../stacks/settings/settings.v1alpha1.json' with { type: 'json' };

const PROFILES = ['dev', 'small', 'staging', 'prod'] as const;

test('every assumption has a unit, a meaning, a reason and a quantity in each profile', () => {
  const bad = Object.entries(ASSUMPTIONS).filter(
    ([, { unit, meaning, reason, defaults }]) => [unit, meaning, reason].includes('') || PROFILES.some((profile) => !(defaults[profile] >= 0)),
  );
  expect(bad).toEqual([]);
  expect(Object.values(NODE_HOURS).filter(({ reason, meaning }) => reason === '' || meaning === '')).toEqual([]);
});

test('prod is taken to use at least as much as staging, and staging as dev', () => {
  const wrong = Object.entries(ASSUMPTIONS).filter(([, { defaults }]) => defaults.prod < defaults.staging || defaults.staging < defaults.dev);
  expect(wrong).toEqual([]);
});

test('a setting replaces the default of its key and no other', () => {
  const plain = usageAssumptions('small');
  const changed = usageAssumptions('small', { natGb: 7 });
  expect(changed.quantities).toEqual({ ...plain.quantities, natGb: 7 });
  expect(plain.quantities.natGb).toBe(200);
});

test('hours of an instance type replace those of that type, and 0 takes them away', () => {
  const given = usageAssumptions('prod', { gpuHours: { 'g6e.xlarge': 100, 'g5.xlarge': 0 } });
  expect(given.gpuHours).toEqual({ 'g6e.xlarge': 100, 'g5.xlarge': 0 });
  expect(given.cpuNodeHours).toEqual({ 'm7i.2xlarge': 2190 });
});

test('the example of docs/prices.md, put into a stack file, changes what a plan assumes', () => {
  const usage = / {2}weir:usage:\n(?: {4}.*\n)+/.exec(readFileSync('docs/prices.md', 'utf8'))?.[0] ?? '';
  const read = parseStackFile('Pulumi.dev.yaml', 'dev', readFileSync('stacks/Pulumi.dev.yaml', 'utf8') + usage);
  if (read.kind === 'wrong') throw new Error(JSON.stringify(read.problems));
  const assumed = assumptionsOf(read.stackFile.settings);
  expect(assumed.quantities.natGb).toBe(400);
  expect(assumed.gpuHours).toEqual({ 'g6e.xlarge': 1460, 'g5.xlarge': 0 });
});

test('every assumption is a setting, and every setting of usage is an assumption', () => {
  expect(Object.keys(settings.$defs.usage.properties).sort()).toEqual([...Object.keys(ASSUMPTIONS), ...Object.keys(NODE_HOURS)].sort());
});
