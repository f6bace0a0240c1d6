import { describe, expect, test } from 'vitest';
import type { Fixture, Rule } from '../../../policies/rule.ts';
import { canaryHasGuard } from '../../../policies/rules/models/canary-has-guard.ts';
import { modelHasDriftJob } from '../../../policies/rules/models/model-has-drift-job.ts';
import { modelHasOwner } from '../../../policies/rules/models/model-has-owner.ts';
import { modelHasRegistryRef } from '../../../policies/rules/models/model-has-registry-ref.ts';
import { changed, foundIn } from '../parts.ts';

const having = (rule: Rule, path: string, to: unknown): readonly string[] => foundIn(rule, changed(rule.pass, { path, to }));

/** A Deployment of a slot, as the controller makes it. */
const slot = (annotations: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>> = { 'weir.dev/model': 'fraud' }): Fixture => [
  { props: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'fraud-a', namespace: 'tenant-payments', labels, annotations } } },
];

describe('model-has-owner', () => {
  test.each([undefined, '', '  ', 'TODO', 'unknown', 'n/a', 'nobody', 7])('%j is nobody', (owner) => {
    expect(having(modelHasOwner, 'spec.owner', owner)).toEqual(['fraud spec.owner']);
  });

  test.each(['payments-ml', 'team-fraud', 'owners-of-none'])('%s is a team', (owner) => {
    expect(having(modelHasOwner, 'spec.owner', owner)).toEqual([]);
  });

  test('what the controller makes says whose it is, and other people’s Deployments need not', () => {
    expect(foundIn(modelHasOwner, slot({}))).toEqual(['fraud-a metadata.annotations']);
    expect(foundIn(modelHasOwner, slot({ 'weir.dev/owner': 'payments-ml' }))).toEqual([]);
    expect(foundIn(modelHasOwner, slot({}, { app: 'web' }))).toEqual([]);
  });
});

describe('model-has-registry-ref', () => {
  const REGISTRY = 'spec.registry';
  test.each([
    ['no registry', undefined, [REGISTRY, `${REGISTRY}.model`]],
    ['no version', { model: 'fraud' }, [REGISTRY]],
    ['a name that moves', { model: 'fraud', version: 'Production' }, [`${REGISTRY}.version`]],
    ['an empty version', { model: 'fraud', version: ' ' }, [`${REGISTRY}.version`]],
    ['a version and an alias', { model: 'fraud', version: '8', follow: 'candidate' }, [REGISTRY]],
    ['an alias that the controller writes itself', { model: 'fraud', follow: 'champion' }, [REGISTRY]],
    ['no name', { version: '8' }, [`${REGISTRY}.model`]],
    ['half a digest', { model: 'fraud', version: '8', digest: 'sha256:4be1' }, [`${REGISTRY}.digest`]],
  ])('%s cannot be shown again', (_, registry, where) => {
    expect(having(modelHasRegistryRef, REGISTRY, registry)).toEqual(where.map((path) => `fraud ${path}`));
  });

  test.each([
    ['a number', { model: 'fraud', version: 8 }],
    ['a day', { model: 'payments/fraud', version: '2026-11-20' }],
    ['what retraining brings', { model: 'fraud', follow: 'candidate' }],
    ['a version with its digest', { model: 'fraud', version: '8', digest: `sha256:${'4'.repeat(64)}` }],
  ])('%s can', (_, registry) => {
    expect(having(modelHasRegistryRef, REGISTRY, registry)).toEqual([]);
  });

  test('a slot says its version by digest', () => {
    const version = { 'weir.dev/version': '8' };
    expect(foundIn(modelHasRegistryRef, slot({ ...version, 'weir.dev/digest': `sha256:${'4'.repeat(64)}` }))).toEqual([]);
    expect(foundIn(modelHasRegistryRef, slot(version))).toEqual(['fraud-a metadata.annotations']);
    expect(foundIn(modelHasRegistryRef, slot({}, { app: 'web' }))).toEqual([]);
  });
});

describe('model-has-drift-job', () => {
  test.each([
    ['no section', 'spec.drift', undefined, ['spec.drift.cadence', 'spec.drift.thresholds']],
    ['no cadence', 'spec.drift.cadence', '0s', ['spec.drift.cadence']],
    ['no thresholds', 'spec.drift.thresholds', undefined, ['spec.drift.thresholds']],
    ['a warning after the alarm', 'spec.drift.thresholds.warn', 0.5, ['spec.drift.thresholds']],
    ['a limit that nothing reaches', 'spec.drift.thresholds.critical', 10, ['spec.drift.thresholds.critical']],
  ])('%s: nobody is told of a change', (_, path, to, where) => {
    expect(having(modelHasDriftJob, path, to)).toEqual(where.map((place) => `fraud ${place}`));
  });

  test.each([
    ['an input', 'spec.inputs', { amount: { kind: 'numeric', log: 'full' } }],
    ['a feature', 'spec.features', { fields: { spend: { kind: 'numeric', log: 'full' } } }],
    ['a text, by its length', 'spec.inputs', { text: { kind: 'text', log: 'hash' } }],
    ['an evaluation of its answers', 'spec.llm', { evaluation: { set: 'support-v4' } }],
  ])('%s is enough to judge by', (_, path, to) => {
    expect(foundIn(modelHasDriftJob, changed(modelHasDriftJob.fail, { path, to }))).toEqual([]);
  });
});

describe('canary-has-guard', () => {
  const GUARDS = 'spec.rollout.guards';
  test.each([
    ['none', []],
    ['nothing said', undefined],
    ['the judge’s verdict alone', [{ name: 'drift', kind: 'verdict', dryRun: false }]],
    ['reports alone', [{ name: 'errors', kind: 'ratio', event: 'error', share: 0.4, dryRun: true }]],
    ['latency alone', [{ name: 'slow', kind: 'ratio', event: 'slow', share: 0.4 }]],
  ])('%s stops no version that fails', (_, guards) => {
    expect(having(canaryHasGuard, GUARDS, guards)).toEqual([`fraud ${GUARDS}`]);
  });

  test('a fuse against errors is a guard', () => {
    expect(having(canaryHasGuard, GUARDS, [{ name: 'fuse', kind: 'fuse', event: 'error', max: 0.2 }])).toEqual([]);
  });

  test('guards that never see two versions guard nothing', () => {
    const atOnce = changed(canaryHasGuard.pass, { path: 'spec.rollout.steps', to: [] });
    expect(foundIn(canaryHasGuard, atOnce)).toEqual([]); // the old version is kept while the new one bakes
    expect(foundIn(canaryHasGuard, changed(atOnce, { path: 'spec.rollout.bake.duration', to: '0s' }))).toEqual(['fraud spec.rollout']);
  });
});
