import { expect, test } from 'vitest';
import type { Call } from '../../../cli/rehearse/ledger.ts';
import { creationOrder, deletionOrder, wrongOrder } from '../../../cli/rehearse/order.ts';
import { parseState } from '../../../cli/rehearse/state.ts';

const VPC = 'urn:pulumi:dev::weir::weir:network:Network$aws:ec2/vpc:Vpc::vpc';
const SUBNET = 'urn:pulumi:dev::weir::weir:network:Network$aws:ec2/subnet:Subnet::subnet';
const ROLE = 'urn:pulumi:dev::weir::aws:iam/role:Role::role';
const GROUP = 'urn:pulumi:dev::weir::weir:cluster:Cluster::group';

const call = (operation: Call['operation'], urn: string, began: number, ended: number): Call => ({
  operation,
  urn,
  id: urn,
  began,
  ended,
  error: null,
});

/** As `pulumi stack export` prints it. */
const stateOf = (resources: readonly Record<string, unknown>[]) =>
  parseState(JSON.stringify({ deployment: { resources: resources.map((one) => ({ type: 'aws:x:X', custom: true, ...one })) } }));

const STATE = stateOf([{ urn: VPC }, { urn: SUBNET, dependencies: [VPC] }, { urn: ROLE }]);

test('what is needed must be there before it is used, and stay until that is gone', () => {
  expect(wrongOrder('create', [call('create', VPC, 0, 1), call('create', SUBNET, 2, 3)], STATE)).toEqual([]);
  expect(wrongOrder('create', [call('create', VPC, 0, 2), call('create', SUBNET, 1, 3)], STATE)).toEqual([
    'aws:ec2/subnet:Subnet subnet was begun before aws:ec2/vpc:Vpc vpc, which it needs, was there',
  ]);
  expect(wrongOrder('delete', [call('delete', SUBNET, 0, 1), call('delete', VPC, 2, 3)], STATE)).toEqual([]);
  expect(wrongOrder('delete', [call('delete', SUBNET, 0, 2), call('delete', VPC, 1, 3)], STATE)).toEqual([
    'aws:ec2/vpc:Vpc vpc began to go before aws:ec2/subnet:Subnet subnet, which needs it, was gone',
  ]);
});

test.each([
  ['a component', { urn: GROUP, custom: false, parent: VPC }, { urn: SUBNET, parent: GROUP }],
  ['a retained resource', { urn: GROUP, retainOnDelete: true, propertyDependencies: { vpcId: [VPC] } }, { urn: SUBNET, dependencies: [GROUP] }],
  ['a provider', { urn: GROUP, type: 'pulumi:providers:aws', dependencies: [VPC] }, { urn: SUBNET, provider: `${GROUP}::some-id` }],
])('%s that no provider is asked about passes its needs on', (_, between, user) => {
  const state = stateOf([{ urn: VPC }, between, user]);
  expect(wrongOrder('delete', [call('delete', VPC, 0, 1), call('delete', SUBNET, 2, 3)], state)).toHaveLength(1);
  expect(wrongOrder('delete', [call('delete', SUBNET, 0, 1), call('delete', VPC, 2, 3)], state)).toEqual([]);
});

test('topics come in the order of their first resource and go in the order of their last', () => {
  const calls = [call('create', ROLE, 0, 1), call('create', VPC, 2, 4), call('create', SUBNET, 3, 5)];
  expect(creationOrder(calls)).toEqual([
    { topic: 'aws', resources: 1 },
    { topic: 'network', resources: 2 },
  ]);
  const gone = [call('delete', SUBNET, 6, 7), call('delete', ROLE, 8, 9), call('delete', VPC, 10, 11)];
  expect(deletionOrder(gone)).toEqual([
    { topic: 'aws', resources: 1 },
    { topic: 'network', resources: 2 },
  ]);
});
