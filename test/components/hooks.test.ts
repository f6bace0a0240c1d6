import { expect, test } from 'vitest';
import { retryAfter } from '../../stacks/hooks.ts';

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
