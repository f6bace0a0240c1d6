import { expect, test } from 'vitest';
import type { Ledger } from '../../../cli/rehearse/ledger.ts';
import { again, changed, firstUp } from '../../../cli/rehearse/life.ts';
import { failures } from '../../../cli/rehearse/resume.ts';
import { creates, done, fakeStage, refuses, resource, SUBNET, VPC } from './fake-stage.ts';

const STATE = [resource(VPC), resource(SUBNET, { needs: [VPC] })];
const ALL = { kind: 'every', n: 1 } as const;
const FAILED = { ok: false, output: 'refused' };

test('up does what the preview said, in an order that holds', async () => {
  const steps = [done('create', VPC), done('create', SUBNET)];
  const both = [
    () => ({ steps }),
    (ledger: Ledger) => {
      creates(VPC, SUBNET)(ledger);
      return { steps };
    },
  ];
  expect(await firstUp(fakeStage(both, [STATE]))).toEqual({ said: ['2 created, as the preview said; 2 of them by providers'], findings: [] });
  const other = fakeStage([() => ({ steps: [done('create', VPC)] }), () => ({ steps: [done('create', SUBNET)] })], [STATE]);
  expect((await firstUp(other)).findings).toEqual([
    'the preview said create aws:ec2/vpc:Vpc vpc, and pulumi up did not do it',
    'pulumi up did create aws:ec2/subnet:Subnet subnet, and the preview did not say it',
  ]);
  expect((await firstUp(fakeStage([() => undefined, creates(SUBNET, VPC)], [STATE]))).findings).toEqual([
    'aws:ec2/subnet:Subnet subnet was begun before aws:ec2/vpc:Vpc vpc, which it needs, was there',
  ]);
});

test('a change of nothing changes nothing', async () => {
  expect((await again(fakeStage([() => undefined]))).findings).toEqual([]);
  const steps = [{ ...done('update', VPC), diffs: ['tags'] }];
  expect((await again(fakeStage([() => ({ ok: false, steps })]))).findings).toEqual([
    'nothing was changed, and yet a preview would update aws:ec2/vpc:Vpc vpc: tags',
  ]);
  expect((await again(fakeStage([refuses('no program')]))).findings).toEqual(['the preview failed: no program']);
});

test('a change is set, previewed and made', async () => {
  const stage = fakeStage([() => ({ steps: [done('update', VPC)] }), () => ({ steps: [done('update', VPC)] })]);
  expect(await changed(stage, { setting: 'network.nat', value: 'zone' })).toEqual({
    said: ['network.nat = zone: 1 x update, as the preview said'],
    findings: [],
  });
  expect(stage.file.get('network')).toEqual({ nat: 'zone' });
});

test('each failure happens, and each run creates what was missing', async () => {
  const fail = (ledger: Ledger, urn: string) => {
    expect(() => creates(urn)(ledger)).toThrow('refused once');
    return FAILED;
  };
  const stage = fakeStage([
    (ledger) => fail(ledger, VPC),
    (ledger) => {
      creates(VPC)(ledger);
      return fail(ledger, SUBNET);
    },
    creates(SUBNET),
    () => undefined,
  ]);
  expect(await failures(stage, { created: [VPC, SUBNET], failing: ALL })).toEqual({
    said: ['2 failures (every resource) took 3 runs of pulumi up: each created what was missing, and nothing else'],
    findings: [],
  });
});

test.each([
  ['creates again what was there', [creates(VPC), creates(VPC)], ['run 1 created aws:ec2/vpc:Vpc vpc again, which was there']],
  ['fails without a reason of ours', [refuses('quota')], ['run 1 failed by itself: quota']],
  ['ends well without all of it', [() => undefined, () => undefined], ['in the end there is no aws:ec2/vpc:Vpc vpc']],
  [
    'leaves something to do',
    [creates(VPC), () => ({ ok: false, output: 'x', steps: [done('update', VPC)] })],
    ['x', 'afterwards a preview would still update aws:ec2/vpc:Vpc vpc'],
  ],
])('a resumption that %s is wrong', async (words, acts, findings) => {
  const stage = fakeStage(acts);
  if (words.startsWith('creates again')) creates(VPC)(stage.ledger);
  expect((await failures(stage, { created: [VPC], failing: { kind: 'every', n: 2 } })).findings).toEqual(findings);
});
