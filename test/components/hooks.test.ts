import { afterEach, expect, test, vi } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import type { Hooks } from '../../components/base.ts';
import { makeHooks, retryAfter } from '../../stacks/hooks.ts';

const subnet = "deleting EC2 Subnet (subnet-1): DependencyViolation: The subnet 'subnet-1' has dependencies and cannot be deleted.";

test.each([
  ['a subnet', subnet],
  ['a security group', 'deleting Security Group (sg-1): DependencyViolation: resource sg-1 has a dependent object'],
  ['a gateway', 'detaching EC2 Internet Gateway: DependencyViolation: Network vpc-1 has some mapped public address(es).'],
  ['an interface', 'NetworkInterfaceId eni-1 is in use'],
  ['an address', 'releasing EC2 EIP (eipalloc-1): InvalidIPAddress.InUse: Address 52.0.0.1 is still mapped'],
])('%s that is refused because something is attached is deleted again after ten seconds', (_, error) => {
  expect(retryAfter([error], 'delete')).toBe(10);
});

test('tries come further apart, and end after eight minutes', () => {
  const tries = Array.from({ length: 12 }, (_, index) =>
    retryAfter(
      Array.from({ length: index + 1 }, () => subnet),
      'delete',
    ),
  );
  expect(tries).toEqual([10, 20, 30, 60, 60, 60, 60, 60, 60, 60, null, null]);
  expect(tries.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)).toBe(8 * 60);
});

test.each(['create', 'update'])('a failed %s is never tried again: it would hide a mistake', (operation) => {
  expect(retryAfter([subnet], operation)).toBeNull();
});

test('another error ends the tries, though an older one was worth them', () => {
  expect(retryAfter(['AccessDenied: not allowed', subnet], 'delete')).toBeNull();
  expect(retryAfter([], 'delete')).toBeNull();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the engine calls. */
async function madeHooks(): Promise<Hooks> {
  let hooks: Hooks | undefined;
  await record(() => {
    hooks = makeHooks({ region: 'eu-west-1', clusterName: 'weir-prod' });
  });
  if (hooks === undefined) throw new Error('not made');
  return hooks;
}

test('the hook that the engine calls tries again as decided, after a pause that a rehearsal cuts short', async () => {
  vi.stubEnv('WEIR_HOOK_PACE', '0');
  const { dependencyViolation } = await madeHooks();
  const failed = { urn: 'urn', id: 'subnet-1', name: 'prod-network-nodes-eu-west-1a', type: 'aws:ec2/subnet:Subnet', failedOperation: 'delete' };
  expect(await dependencyViolation.callback({ ...failed, errors: [subnet] })).toBe(true);
  expect(await dependencyViolation.callback({ ...failed, errors: ['AccessDenied'] })).toBe(false);
});
