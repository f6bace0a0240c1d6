import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { cut, DESTROY_RULES } from '../support/destroy-rules.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';
import { recordCluster } from './cluster-args.ts';

const rule = (sentence: RegExp) => {
  const found = DESTROY_RULES.filter((candidate) => sentence.test(candidate.rule));
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} rules say ${sentence}`);
  return found[0];
};

describe.each(PROFILES)('%s goes in the right order', (profile) => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordEnvironment(profile));
  });

  test.each(DESTROY_RULES)('$id: $rule', ({ check, broken }) => {
    expect(check(graph)).toEqual([]);
    expect(check(broken(graph))).not.toEqual([]); // and it is the graph that makes it hold
  });

  test('D7: one edge less, from the cluster to one route, is noticed', () => {
    const without = cut(
      graph,
      ({ type }) => type === 'aws:eks/cluster:Cluster',
      ({ name }) => name === `${profile}-network-route-eu-west-1a`,
    );
    expect(rule(/^the cluster goes before routes/).check(without)).toContain(
      `${profile}-network-route-eu-west-1a may go before ${profile}-cluster-eks`,
    );
  });
});

test('D7: a cluster that is not told of the network outlives nothing of it', async () => {
  const { check } = rule(/^the cluster goes before routes/);
  expect(check((await recordCluster()).graph)).toEqual([]);
  expect(check((await recordCluster({ networkReady: [] })).graph)).not.toEqual([]);
});
