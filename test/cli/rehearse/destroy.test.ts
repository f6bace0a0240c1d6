import { expect, test } from 'vitest';
import { destroy } from '../../../cli/rehearse/destroy.ts';
import type { Ledger } from '../../../cli/rehearse/ledger.ts';
import { creates, deletes, fakeStage, refuses, resource, SUBNET, VPC } from './fake-stage.ts';

const NO_PROGRAM = refuses('error: You must run with the `--run-program` flag to use delete hooks during destroy.');
const PROTECTED = refuses('resource cannot be deleted\nbecause it is protected.');
const HOOKED = [resource(VPC, { beforeDelete: ['drained'] })];
const KEEPING = [resource(VPC, { protect: true, retainOnDelete: true })];

/** A stage on which this is there. */
function stageWith(...args: Parameters<typeof fakeStage>) {
  const stage = fakeStage(...args);
  creates(VPC, SUBNET)(stage.ledger);
  return stage;
}

test('hooks refuse a destroy without the program, and then run with it', async () => {
  const { findings, said, hooks } = await destroy(stageWith([NO_PROGRAM, deletes(VPC)], [HOOKED]));
  expect({ findings, hooks }).toEqual({ findings: [], hooks: { drained: 1 } });
  expect(said[0]).toBe('refused without --run-program: drained would not run');
});

test.each([
  ['is not refused', () => undefined, 'destroy without --run-program was not refused'],
  ['is refused for another reason', refuses('no such backend'), 'destroy without --run-program failed for another reason: no such backend'],
  [
    'deletes something first',
    (ledger: Ledger) => {
      deletes(SUBNET)(ledger);
      return NO_PROGRAM(ledger);
    },
    'destroy without --run-program deleted aws:ec2/subnet:Subnet subnet',
  ],
])('a destroy without the program that %s is wrong, and nothing more is done', async (_, act, words) => {
  expect((await destroy(stageWith([act], [HOOKED]))).findings).toEqual([words]);
});

test('protected data refuses, and goes once the policy is drop', async () => {
  const stage = stageWith([PROTECTED, () => undefined, deletes(VPC)], [KEEPING, [resource(VPC)]]);
  const { findings, kept } = await destroy(stage);
  expect(findings).toEqual([]);
  expect(kept).toEqual([{ urn: VPC, type: 'aws:ec2/vpc:Vpc', name: 'vpc', by: 'protect', dropped: true }]);
  expect(stage.file.get('dataPolicy')).toBe('drop');
});

test('what is still protected then would stop the destroy: it is not begun', async () => {
  const { findings } = await destroy(stageWith([PROTECTED, () => undefined], [KEEPING, KEEPING]));
  expect(findings).toEqual(['destroy would be stuck: aws:ec2/vpc:Vpc vpc is protected, and dataPolicy drop does not change that']);
});

test('what stays without a reason is wrong, and so is what goes against one', async () => {
  expect((await destroy(stageWith([() => undefined], [[resource(VPC)]]))).findings).toEqual([
    'aws:ec2/vpc:Vpc vpc is still there, and nothing says that it stays',
  ]);
  expect((await destroy(stageWith([deletes(VPC)], [[resource(VPC, { retainOnDelete: true })]]))).findings).toEqual([
    'aws:ec2/vpc:Vpc vpc is gone, though retainOnDelete is set',
  ]);
});

test('the wrong order is wrong', async () => {
  const state = [resource(VPC), resource(SUBNET, { needs: [VPC] })];
  expect((await destroy(stageWith([deletes(SUBNET, VPC)], [state]))).findings).toEqual([]);
  expect((await destroy(stageWith([deletes(VPC, SUBNET)], [state]))).findings).toEqual([
    'aws:ec2/vpc:Vpc vpc began to go before aws:ec2/subnet:Subnet subnet, which needs it, was gone',
  ]);
});

test('something still attached is refused once, where a hook is there to try again', async () => {
  const state = [resource(VPC), resource(SUBNET, { onError: ['retry'] })];
  const stage = stageWith(
    [
      (ledger) => {
        expect(deletes(SUBNET).bind(null, ledger)).toThrow('DependencyViolation');
        deletes(SUBNET, VPC)(ledger);
      },
    ],
    [state],
  );
  const { findings, said } = await destroy(stage);
  expect({ findings, said: said[0] }).toEqual({
    findings: [],
    said: 'aws:ec2/subnet:Subnet subnet was refused once as still attached, and retry tried again',
  });
});
