import type { ResourceRule } from '../../rule.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

export const eksStandardSupport: ResourceRule = {
  kind: 'resource',
  id: 'eks-standard-support',
  title: 'the cluster does not slip into extended support',
  reason: 'The default is extended support, which bills every hour of a forgotten version at six times the price.',
  remedy:
    'Let components/cluster make it, or set upgradePolicy.supportType to STANDARD; EKS then upgrades by itself on the last day, so upgrade before.',
  severity: 'low',
  ids: [],
  scope: 'any',
  mustBeKnown: ['upgradePolicy.supportType'],
  on: [CLUSTER],
  check: (eks) => eks.expect('upgradePolicy.supportType', (value) => value === 'STANDARD', 'enters extended support by itself'), // AWS's default is EXTENDED
  pass: [{ type: CLUSTER, props: { upgradePolicy: { supportType: 'STANDARD' } } }],
  fail: [{ type: CLUSTER, props: { upgradePolicy: { supportType: 'EXTENDED' } } }],
};
