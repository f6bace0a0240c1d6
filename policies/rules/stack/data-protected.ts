import type { View } from '../../resource-graph.ts';
import type { Fixture, GraphRule } from '../../rule.ts';

const SNAPSHOTTED = 'aws:elasticache/replicationGroup:ReplicationGroup';

/** What cannot be made again, and keys without which it cannot be read. */
const DATA = [
  'aws:s3/bucket:Bucket',
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:msk/cluster:Cluster',
  'aws:msk/topic:Topic',
  'aws:dynamodb/table:Table',
  'aws:efs/fileSystem:FileSystem',
  'aws:ecr/repository:Repository',
  'aws:glue/catalogDatabase:CatalogDatabase',
  'aws:glue/catalogTable:CatalogTable',
  'aws:backup/vault:Vault',
  'aws:kms/key:Key',
  SNAPSHOTTED,
];

const bucket = (protect: boolean): Fixture => [
  { type: 'aws:s3/bucket:Bucket', name: 'registry', props: {}, options: { protect, retainOnDelete: true } },
];

export const dataProtected: GraphRule = {
  kind: 'graph',
  id: 'data-protected',
  title: 'what holds data outlives a mistake in the program',
  reason:
    'A renamed resource, a wrong stack or one `destroy` deletes the registry, the lake and the keys of both; backups restore some of it, in hours.',
  remedy: 'Set weir:dataPolicy to keep; a component makes such a resource with this.stateful(), which sets protect and retainOnDelete.',
  severity: 'critical',
  ids: [],
  scope: 'weir',
  exempt: { dev: 'Its data is made to be thrown away, and is gone after a destroy.' },
  settings: ['dataPolicy'],
  needs: ['protect', 'retainOnDelete'],
  check: (graph) =>
    DATA.flatMap((key) =>
      graph.each(key, (view) => {
        const { protect, retainOnDelete } = view.resource.options;
        if (key === SNAPSHOTTED && !isKept(view)) return [];
        return [
          ...(protect === true ? [] : [view.reader.problem('', 'is not protected: a destroy takes its data along')]),
          ...(retainOnDelete === true ? [] : [view.reader.problem('', 'is not retained: a deletion from the program deletes its data')]),
        ];
      }),
    ),
  pass: bucket(true),
  fail: bucket(false),
};

/** A cache without snapshots, such as that of rate limits, holds nothing that is missed. */
const isKept = ({ reader }: View): boolean => (reader.number('snapshotRetentionLimit') ?? 0) > 0;
