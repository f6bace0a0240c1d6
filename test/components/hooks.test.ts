import { createServer } from 'node:http';
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

test('the hook of system nodes takes the name of the group from its id, and without one waits for every node', async () => {
  const asked: string[] = [];
  await using server = await answering((body) => {
    const filters = new URLSearchParams(body);
    asked.push([...filters.values()].includes('eks:nodegroup-name') ? 'groups' : 'nodes');
    return asked.length % 3 === 1 ? 'karpenter.sh/nodepool' : 'none';
  });
  vi.stubEnv('AWS_ENDPOINT_URL', server.address);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('WEIR_HOOK_PACE', '0');
  const { noNodesLeft } = await madeHooks();
  const group = { urn: 'urn', name: 'prod-nodes-group', type: 'aws:eks/nodeGroup:NodeGroup' };
  await noNodesLeft.callback({ ...group, id: 'weir-prod:weir-prod-nodes-1' });
  expect(asked.splice(0)).toEqual(['nodes', 'groups', 'nodes']);
  await noNodesLeft.callback({ ...group, id: '' });
  expect(asked).toEqual(['nodes', 'nodes']);
});

/** An EC2 that tells of one instance with the tag that `answer` names, or of none. */
async function answering(answer: (body: string) => string): Promise<AsyncDisposable & { readonly address: string }> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (body.includes('Action=DescribeNetworkInterfaces')) {
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end('<DescribeNetworkInterfacesResponse><networkInterfaceSet/></DescribeNetworkInterfacesResponse>');
        return;
      }
      const tag = answer(body);
      const item = `<item><instancesSet><item><instanceId>i-0</instanceId><tagSet><item><key>${tag}</key><value>x</value></item></tagSet></item></instancesSet></item>`;
      const set = tag === 'none' ? '' : item;
      const text = `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet>${set}</reservationSet></DescribeInstancesResponse>`;
      response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    address: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
