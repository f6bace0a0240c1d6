import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

export const eksDeletionProtection: ResourceRule = {
  kind: 'resource',
  id: 'eks-deletion-protection',
  title: 'the cluster cannot be deleted by one call',
  reason: 'One click or one replacement in a plan that was not read takes every model away, and what the controllers have made stays behind.',
  remedy: 'Set weir:dataPolicy to keep, or deletionProtection to true; take it off by a deployment of its own before a planned end.',
  severity: 'high',
  ids: [],
  scope: 'any',
  exempt: { dev: 'An environment for trying things goes in one step.' },
  settings: ['dataPolicy'],
  mustBeKnown: ['deletionProtection'],
  on: [CLUSTER],
  check: (eks) => eks.expect('deletionProtection', isOn, 'can be deleted by one call'), // AWS's default is false
  pass: [{ type: CLUSTER, props: { deletionProtection: true } }],
  fail: [{ type: CLUSTER, props: { deletionProtection: false } }],
};
