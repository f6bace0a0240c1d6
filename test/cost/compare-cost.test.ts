import { expect, test } from 'vitest';
import { compareCost } from '../../components/cost/compare-cost.ts';
import { cost, graphOf, type Resource } from './graphs.ts';

const nat: Resource = { type: 'aws:ec2/natGateway:NatGateway', under: 'weir:network:Network' };
const key: Resource = { type: 'aws:kms/key:Key', under: 'weir:keys:Keys' };
const queer: Resource = { type: 'aws:quantum/computer:Computer', name: 'q' };

test('a change is told by topic, the largest first, and topics that stay are left out', () => {
  const change = compareCost(cost(graphOf(nat, key)), cost(graphOf(key, { ...key, name: 'second' }, { ...key, name: 'third' })));
  expect(change.topics.map(({ topic, change: usd }) => [topic, Math.round(usd * 100) / 100])).toEqual([
    ['network', -32.85],
    ['keys', 2],
  ]);
  expect(change.change).toBeCloseTo(-30.85, 8);
  expect(change.before + change.change).toBeCloseTo(change.after, 8);
});

test('the same graph in another order changes nothing', () => {
  expect(compareCost(cost(graphOf(nat, key)), cost(graphOf(key, nat)))).toMatchObject({ topics: [], newlyUnpriced: [] });
});

test('what is not counted any more is named, so that a lower sum is no false comfort', () => {
  const before = cost(graphOf(queer));
  expect(compareCost(before, before).newlyUnpriced).toEqual([]);
  expect(compareCost(cost(graphOf(nat)), before).newlyUnpriced).toEqual(['q: aws:quantum/computer:Computer']);
});
