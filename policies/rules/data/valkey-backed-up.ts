import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { Fixture, GraphRule } from '../../rule.ts';
import { numberOf } from '../values.ts';

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';
const PARAMETERS = 'aws:elasticache/parameterGroup:ParameterGroup';

/** Whether its own parameters let it drop keys when it is full: what may be lost at any moment is worth no backup. AWS's default groups say nothing of what is in them. */
function mayForget(graph: ResourceGraph, group: View): boolean {
  return graph
    .neededBy(group, PARAMETERS)
    .flatMap(({ reader }) => reader.list('parameters'))
    .some((parameter) => parameter.text('name') === 'maxmemory-policy' && /^(allkeys|volatile)-/.test(parameter.text('value') ?? ''));
}

const groupOf = (snapshotRetentionLimit: number): Fixture => [
  { type: PARAMETERS, name: 'parameters', props: { family: 'valkey8', parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }] } },
  { type: GROUP, name: 'features', props: { engine: 'valkey', snapshotRetentionLimit }, options: { dependencies: ['parameters'] } },
];

export const valkeyBackedUp: GraphRule = {
  kind: 'graph',
  id: 'valkey-backed-up',
  title: 'a store of features is backed up',
  reason: 'Without a snapshot a lost store is filled again by materialisation alone: hours in which models see no features.',
  remedy:
    'Set weir:valkey.snapshotDays, or snapshotRetentionLimit of the aws.elasticache.ReplicationGroup; a cache that may forget says so by its maxmemory-policy.',
  severity: 'medium',
  ids: ['AWS-0050'],
  scope: 'any',
  settings: ['valkey.snapshotDays'],
  params: { days: { description: 'Days for which daily snapshots have to be kept, 1 to 35.', default: 1 } },
  needs: ['dependencies'],
  mustBeKnown: ['snapshotRetentionLimit'],
  check: (graph, { params }) => {
    const days = Number(params.days);
    const lasts = (value: unknown): boolean => numberOf(value ?? 0) >= days; // none by default
    return graph.each(GROUP, (group) => {
      const problems = group.reader.expect('snapshotRetentionLimit', lasts, `keeps no snapshots, or for less than ${days} days`);
      return problems.length > 0 && mayForget(graph, group) ? [] : problems;
    });
  },
  pass: groupOf(7),
  fail: groupOf(0),
};
