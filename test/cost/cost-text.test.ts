import { describe, expect, test } from 'vitest';
import { assumptionsText, chargesText, costChangeText, dollars } from '../../cli/plan/cost-text.ts';
import { compareCost } from '../../components/cost/compare-cost.ts';
import { usageAssumptions } from '../../components/cost/usage.ts';
import { cost, graphOf, listOf, nothingAssumed, type Resource } from './graphs.ts';

const nat: Resource = { type: 'aws:ec2/natGateway:NatGateway', name: 'prod-network-nat', under: 'weir:network:Network' };
const keys: Resource = { type: 'aws:kms/key:Key', name: 'prod-keys-data', under: 'weir:keys:Keys' };
const subnet: Resource = { type: 'aws:ec2/subnet:Subnet', name: 'prod-network-subnet', under: 'weir:network:Network' };
const brokers: Resource = { type: 'aws:msk/serverlessCluster:ServerlessCluster', name: 'prod-kafka', under: 'weir:kafka:Kafka' };

const prices = [
  ...listOf({ 'nat.hour': 2, 'kms.key': 1 }).map((price) => ({ ...price, read: '2026-05-01' })),
  ...listOf({ 'nat.gb': 0.5 }).map((price) => ({ ...price, read: '2026-06-01' })),
  ...listOf({ 'kms.requests': 3 }).map((price) => ({ ...price, basis: 'estimate' as const, note: 'as elsewhere' })),
];
const asked = { prices, assumptions: nothingAssumed({ natGb: 100, keyRequestMillions: 0.1 }) };

describe('the price of a plan', () => {
  test('every charge has its quantity, its unit price and where both come from', () => {
    expect(chargesText(cost(graphOf(nat, keys, subnet, brokers), asked))).toBe(
      [
        'RESOURCE          CHARGE                                       QUANTITY        A MONTH  SOURCE',
        'prod-network-nat  NAT gateway                                  730 hour x 2    $1,460   read 2026-05-01',
        'prod-network-nat  traffic through NAT                          100 hour x 0.5  $50      usage.natGb; read 2026-06-01',
        'prod-keys-data    KMS key                                      1 hour x 1      $1.00    read 2026-05-01',
        'prod-keys-data    requests                                     0.1 hour x 3    $0.30    usage.keyRequestMillions; worked out',
        'prod-kafka        aws:msk/serverlessCluster:ServerlessCluster                           not counted; nobody described how this type is charged',
      ].join('\n'),
    );
  });

  test('a change is told in one line, and what is not counted any more below it', () => {
    const change = compareCost(cost(graphOf(nat), asked), cost(graphOf(nat, { ...nat, name: 'second' }, keys, brokers), asked));
    expect(costChangeText(change)).toBe(
      '$1,510 -> $2,971 a month (+$1,461: network +$1,460, keys +$1.30)\n  not counted: prod-kafka: aws:msk/serverlessCluster:ServerlessCluster',
    );
    const less = compareCost(cost(graphOf(nat, keys), asked), cost(graphOf(keys), asked));
    expect(costChangeText(less)).toBe('$1,511 -> $1.30 a month (-$1,510: network -$1,510)');
    expect(costChangeText(compareCost(cost(graphOf(nat), asked), cost(graphOf(nat), asked)))).toBe('$1,510 a month, unchanged');
  });

  test('assumptions are told with the setting that changes them, a unit and a reason', () => {
    const lines = assumptionsText(usageAssumptions('prod', { natGb: 7 })).split('\n');
    expect(lines.find((line) => line.startsWith('usage.natGb '))).toMatch(
      /^usage\.natGb +7 +GB a month +Traffic through the NAT gateways .*; images that ECR does not hold/,
    );
    expect(lines.find((line) => line.startsWith('usage.gpuHours.g5.xlarge '))).toMatch(/ 2920 +hours a month +GPU nodes/);
  });
});

test('a price from a page without date says so', () => {
  const undated = listOf({ 'nat.hour': 2 }).map((price) => ({ ...price, undated: true }));
  expect(chargesText(cost(graphOf(nat), { prices: undated }))).toContain('$1,460   read from a page without date');
});

test.each([
  [0, '$0.00'],
  [0.4, '$0.40'],
  [9.99, '$9.99'],
  [9.999, '$10'],
  [1234.5, '$1,235'],
  [-0.001, '$0.00'],
  [-12.3, '-$12'],
])('%d dollars are %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});
