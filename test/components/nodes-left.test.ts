import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noNodesLeft } from '../../components/nodes/no-nodes-left.ts';
import { ArgsError } from '../../runtime/errors.ts';

interface StandIn extends AsyncDisposable {
  readonly port: number;
  /** Parameters of every question for instances, in order. */
  readonly asked: readonly URLSearchParams[];
  /** Those of every question for interfaces. */
  readonly askedInterfaces: readonly URLSearchParams[];
  /** Ids of the loose interfaces that each question is told, in order; none after the last. */
  readonly loose: (readonly string[])[];
}

/** Answers EC2's query protocol with one page after the other; the last one again and again. */
async function ec2(...pages: readonly string[]): Promise<StandIn> {
  const asked: URLSearchParams[] = [];
  const askedInterfaces: URLSearchParams[] = [];
  const loose: (readonly string[])[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const question = new URLSearchParams(body);
      if (question.get('Action') === 'DescribeNetworkInterfaces') {
        askedInterfaces.push(question);
        response.writeHead(200, { 'content-type': 'text/xml' }).end(interfaces(loose.shift() ?? []));
        return;
      }
      asked.push(question);
      const page = pages[Math.min(asked.length, pages.length) - 1] ?? '';
      response.writeHead(page.startsWith('<Response>') ? 403 : 200, { 'content-type': 'text/xml' }).end(page);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    asked,
    askedInterfaces,
    loose,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nodes(count: number, { token = '', first = 0, state = 'running', tag = 'karpenter.sh/nodepool', value = 'general' } = {}): string {
  const items = Array.from(
    { length: count },
    (_, index) => `<item><reservationId>r-${first + index}</reservationId><instancesSet><item><instanceId>i-${first + index}</instanceId>
      <instanceState><code>16</code><name>${state}</name></instanceState>
      <tagSet><item><key>${tag}</key><value>${value}</value></item></tagSet></item></instancesSet></item>`,
  );
  const next = token === '' ? '' : `<nextToken>${token}</nextToken>`;
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><reservationSet>${items.join('')}</reservationSet>${next}</DescribeInstancesResponse>`;
}

const interfaces = (ids: readonly string[]): string => {
  const items = ids.map((id) => `<item><networkInterfaceId>${id}</networkInterfaceId><status>available</status></item>`);
  return `<DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><networkInterfaceSet>${items.join('')}</networkInterfaceSet></DescribeNetworkInterfacesResponse>`;
};

const denied =
  '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation.</Message></Error></Errors><RequestID>r</RequestID></Response>';

/** A pause of 15 s takes 15 ms at most. */
const ask = { region: 'eu-west-1', clusterName: 'weir-prod', pace: 1e-6 };

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('a destroy waits until EC2 has ended the last node of Karpenter, and tells which ones it waits for', async () => {
  await using cloud = await ec2(nodes(2), nodes(1, { state: 'shutting-down' }), nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  const said: string[] = [];
  await noNodesLeft({ ...ask, say: (text) => said.push(text) });
  expect(cloud.asked).toHaveLength(3);
  expect(said).toEqual(['waiting for 2 nodes of Karpenter: i-0 (general, running), i-1 (general, running)']);
});

test("only this cluster's nodes that Karpenter made are asked for, stopped ones too: they hold an interface", async () => {
  await using cloud = await ec2(nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  await noNodesLeft(ask);
  const filters = [...(cloud.asked[0] ?? [])].filter(([key]) => key.startsWith('Filter')).map(([key, value]) => `${key}=${value}`);
  expect(filters).toEqual([
    'Filter.1.Name=tag-key',
    'Filter.1.Value.1=karpenter.sh/nodepool',
    'Filter.2.Name=tag:kubernetes.io/cluster/weir-prod',
    'Filter.2.Value.1=owned',
    'Filter.3.Name=instance-state-name',
    'Filter.3.Value.1=pending',
    'Filter.3.Value.2=running',
    'Filter.3.Value.3=stopping',
    'Filter.3.Value.4=stopped',
    'Filter.3.Value.5=shutting-down',
  ]);
});

test('a node on a later page of the answer counts', async () => {
  await using cloud = await ec2(nodes(0, { token: 'more' }), nodes(1, { first: 7 }), nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  const said: string[] = [];
  await noNodesLeft({ ...ask, say: (text) => said.push(text) });
  expect(cloud.asked[1]?.get('NextToken')).toBe('more');
  expect(said).toEqual(['waiting for 1 node of Karpenter: i-7 (general, running)']);
});

test('a group that is only replaced waits for nothing: Karpenter goes on where the new one runs', async () => {
  await using cloud = await ec2(nodes(2), nodes(1, { tag: 'eks:nodegroup-name', value: 'weir-prod-nodes-new' }));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  await noNodesLeft({ ...ask, nodeGroup: 'weir-prod-nodes-old' });
  const filters = [...(cloud.asked[1] ?? [])].filter(([key]) => key.startsWith('Filter')).map(([, value]) => value);
  expect(filters).toEqual(['tag-key', 'eks:nodegroup-name', 'tag:eks:cluster-name', 'weir-prod', 'instance-state-name', 'running']);
});

test('nodes of the group that goes are no place to go on', async () => {
  const own = nodes(1, { tag: 'eks:nodegroup-name', value: 'weir-prod-nodes-old' });
  await using cloud = await ec2(nodes(2), own, nodes(1), nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  await noNodesLeft({ ...ask, nodeGroup: 'weir-prod-nodes-old' });
  expect(cloud.asked).toHaveLength(4);
});

test('after 30 minutes the destroy stops with the nodes that are left and the command that ends them', async () => {
  await using cloud = await ec2(nodes(12));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  const error = await errorOf(noNodesLeft({ ...ask, nodeGroup: 'weir-prod-nodes-1' }));
  expect(cloud.asked).toHaveLength(2 + (30 * 60) / 15); // and once whether another group has nodes
  expect(error).toBeInstanceOf(ArgsError);
  const all = Array.from({ length: 12 }, (_, index) => `i-${index}`);
  const named = all.slice(0, 10).map((id) => `${id} (general, running)`);
  expect(error).toMatchObject({
    path: 'cluster weir-prod',
    problem: `12 nodes of Karpenter: ${named.join(', ')}, 2 more after 30 minutes`,
    remedy: `Nothing in the cluster ends them any more. Look at what runs there, then \`aws ec2 terminate-instances --region eu-west-1 --instance-ids ${all.join(' ')}\` and destroy again.`,
  });
});

test('a refused question stops the destroy: silence is no proof that nothing runs', async () => {
  await using cloud = await ec2(denied);
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  expect(await errorOf(noNodesLeft(ask))).toMatchObject({
    problem: 'EC2 did not say what is left: You are not authorized to perform this operation.',
    remedy: 'Give the role that destroys `ec2:DescribeInstances` and `ec2:DescribeNetworkInterfaces`, and a way to EC2, then destroy again.',
  });
});

test('while Karpenter lives, the destroy says where to look for what holds its nodes', async () => {
  await using cloud = await ec2(nodes(1));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  expect(await errorOf(noNodesLeft(ask))).toMatchObject({
    problem: '1 node of Karpenter: i-0 (general, running) after 30 minutes',
    remedy: expect.stringMatching(/^`kubectl get nodeclaims` and their events say what holds them: .*--instance-ids i-0`, and destroy again\.$/),
  });
});

test('after the nodes the destroy waits for interfaces that their pods have left behind, and for no interface in use', async () => {
  await using cloud = await ec2(nodes(1), nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  cloud.loose.push(['eni-1', 'eni-2'], ['eni-2']);
  const said: string[] = [];
  await noNodesLeft({ ...ask, say: (text) => said.push(text) });
  expect(cloud.asked).toHaveLength(4);
  expect(cloud.askedInterfaces).toHaveLength(3);
  expect(said).toEqual(['waiting for 1 node of Karpenter: i-0 (general, running)']); // and nothing more within the first minute
  const filters = [...(cloud.askedInterfaces[0] ?? [])].filter(([key]) => key.startsWith('Filter')).map(([, value]) => value);
  const ofTheCluster = ['tag:cluster.k8s.amazonaws.com/name', 'weir-prod'];
  expect(filters).toEqual(['tag-key', 'node.k8s.amazonaws.com/instance_id', ...ofTheCluster, 'status', 'available']);
});

test('interfaces that nobody takes away are named, with the command that does', async () => {
  await using cloud = await ec2(nodes(0));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${cloud.port}`);
  cloud.loose.push(...Array.from({ length: 200 }, () => ['eni-1']));
  expect(await errorOf(noNodesLeft(ask))).toMatchObject({
    problem: '1 interface of pods whose node has ended: eni-1 after 30 minutes',
    remedy: 'Nothing is attached to them. `aws ec2 delete-network-interface --region eu-west-1 --network-interface-id eni-1` and destroy again.',
  });
});
