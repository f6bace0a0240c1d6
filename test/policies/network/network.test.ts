import { describe, expect, test } from 'vitest';
import { natPerZone } from '../../../policies/rules/network/nat-per-zone.ts';
import { vpcDefaultSgClosed } from '../../../policies/rules/network/vpc-default-sg-closed.ts';
import { vpcFlowLogs } from '../../../policies/rules/network/vpc-flow-logs.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

describe('vpc-default-sg-closed', () => {
  test('a group that nobody adopted keeps its rules', () => {
    expect(foundIn(vpcDefaultSgClosed, vpcDefaultSgClosed.pass.slice(0, 1))).toEqual(['net ']);
  });

  test.each([['ingress'], ['egress']])('%s has to be empty, or left out', (path) => {
    expect(foundIn(vpcDefaultSgClosed, changed(vpcDefaultSgClosed.pass, { of: 'default', path, to: [{ protocol: '-1' }] }))).toEqual([
      `default ${path}`,
    ]);
    expect(foundIn(vpcDefaultSgClosed, changed(vpcDefaultSgClosed.pass, { of: 'default', path, to: undefined }))).toEqual([]);
  });
});

describe('vpc-flow-logs', () => {
  test.each([
    ['REJECT', []],
    ['ALL', []],
    [undefined, []],
    ['ACCEPT', ['net ']],
  ])('a log of %s is wrong at %j', (to, places) => {
    expect(foundIn(vpcFlowLogs, changed(vpcFlowLogs.pass, { of: 'log', path: 'trafficType', to }))).toEqual(places);
  });
});

describe('nat-per-zone', () => {
  const { pass, fail } = natPerZone;

  test('a table may hold its routes itself', () => {
    const inline = fail.flatMap((each) => {
      if (each.name === 'out') return [];
      if (each.name !== 'table') return [each];
      return [{ ...each, props: { routes: [{ cidrBlock: '0.0.0.0/0', natGatewayId: 'nat' }] }, options: { dependencies: ['nat'] } }];
    });
    expect(foundIn(natPerZone, inline)).toEqual(['table ']);
  });

  test('a route that only waits for a gateway does not go through it', () => {
    expect(foundIn(natPerZone, changed(fail, { of: 'out', path: 'natGatewayId', to: undefined }))).toEqual([]);
  });

  test('a gateway of the region is in every zone', () => {
    const regional = pass.map((each) => (each.name === 'nat' ? { ...each, props: { availabilityMode: 'regional' }, options: {} } : each));
    expect(foundIn(natPerZone, regional)).toEqual([]);
  });

  test('a zone that is not known yet is undecided', () => {
    const unknown = changed(fail, { of: 'nodes', path: 'availabilityZone', to: UNKNOWN });
    expect(foundIn(natPerZone, unknown)).toEqual([]);
    expect(undecidedIn(natPerZone, unknown)).toEqual(['out availabilityZone']);
  });
});
