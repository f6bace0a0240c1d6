import { expect, test } from 'vitest';
import { chosenPods } from '../../../runtime/model/render/pool-placement.ts';
import { endpointSlices, type PoolPod } from '../../../runtime/model/render/pool-slices.ts';
import { aMember, POOL } from './pool-models.ts';

const podAt = (index: number, address = `10.20.0.${index}`): PoolPod => ({
  name: `default-pool-${index}`,
  address,
  node: `node-${index}`,
  zone: 'eu-west-1a',
  ready: index % 2 === 0,
});
const pods = [1, 2, 3, 4, 5, 6].map((index) => podAt(index));
const model = aMember('rank');

test('the slice of a slot has the pods that hold the model, on the port of the slot, ready or not as they say themselves', () => {
  const [one, ...more] = endpointSlices(model, POOL, 'b', pods);
  const chosen = chosenPods('rank', pods, 2);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    kind: 'EndpointSlice',
    metadata: { name: 'rank-b-ipv4', namespace: 'tenant-shop', labels: { 'kubernetes.io/service-name': 'rank-b' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8081 }],
  });
  expect(one?.endpoints).toHaveLength(2);
  for (const { name, address, ready } of chosen) {
    expect(one?.endpoints).toContainEqual(
      expect.objectContaining({
        addresses: [address],
        conditions: { ready, serving: ready, terminating: false },
        targetRef: { kind: 'Pod', name, namespace: 'tenant-shop' },
      }),
    );
  }
});

test('both slots live on the same pods', () => {
  const [a, b] = (['a', 'b'] as const).map((slot) => endpointSlices(model, POOL, slot, pods)[0]?.endpoints);
  expect(a).toEqual(b);
});

test('addresses of both kinds lie in a slice for each kind', () => {
  const mixed = [podAt(1), podAt(2, '2001:db8::2')];
  expect(endpointSlices(model, POOL, 'a', mixed).map(({ addressType }) => addressType)).toEqual(['IPv4', 'IPv6']);
});

test('a pool without pods has no slice', () => {
  expect(endpointSlices(model, POOL, 'a', [])).toEqual([]);
});
