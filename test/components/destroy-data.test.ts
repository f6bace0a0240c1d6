import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, Node } from '../../cli/graph/node.ts';
import { DATA_RULES, LOCK_RULE } from '../support/data-rules.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

const POLICIES = ['keep', 'drop'] as const;
const withLocks = PROFILES.filter((profile) => profile !== 'dev');

/** Names of what a destroy refuses to touch, and of what it leaves behind. */
const fateOf = (graph: Graph, type: string) =>
  Object.fromEntries(
    [...graph.values()].filter((node) => node.type === type).map(({ name, protect, retainOnDelete }: Node) => [name, { protect, retainOnDelete }]),
  );
/** The different fates of a type's resources. */
const fatesOf = (graph: Graph, type: string): readonly unknown[] =>
  [...new Set(Object.values(fateOf(graph, type)).map((fate) => JSON.stringify(fate)))].map((fate): unknown => JSON.parse(fate));
const kept = { protect: true, retainOnDelete: true };
const left = { protect: false, retainOnDelete: true };
const gone = { protect: false, retainOnDelete: false };

describe.each(PROFILES)('%s', (profile) => {
  describe.each(POLICIES)('with dataPolicy %s', (dataPolicy) => {
    let graph: Graph;
    beforeAll(async () => {
      ({ graph } = await recordEnvironment(profile, { settings: { dataPolicy } }));
    });

    test.each(profile === 'dev' ? DATA_RULES : [...DATA_RULES, LOCK_RULE])('$id: $rule', ({ check, broken }) => {
      expect(check(graph)).toEqual([]);
      expect(check(broken(graph))).not.toEqual([]); // and it is the graph that makes it hold
    });

    test('D10: a database, brokers and features stay as the policy says', () => {
      const fate = dataPolicy === 'keep' ? kept : gone;
      for (const type of ['aws:rds/instance:Instance', 'aws:msk/cluster:Cluster', 'aws:ecr/repository:Repository']) {
        expect(fatesOf(graph, type)).toEqual([fate]);
      }
    });
  });
});

describe.each(withLocks)('%s, whose data may go,', (profile) => {
  test('D10: still leaves the registry, the audit trail, backups and their keys, and can be destroyed', async () => {
    const { graph } = await recordEnvironment(profile, { settings: { dataPolicy: 'drop' } });
    const buckets = fateOf(graph, 'aws:s3/bucket:Bucket');
    expect(buckets[`${profile}-storage-registry-bucket`]).toEqual(left);
    expect(buckets[`${profile}-audit-trail-files-bucket`]).toEqual(left);
    expect(buckets[`${profile}-storage-serving-bucket`]).toEqual(gone);
    expect(fatesOf(graph, 'aws:backup/vault:Vault')).toEqual([left]);
    expect(fateOf(graph, 'aws:kms/key:Key')).toMatchObject({
      [`${profile}-keys-registry`]: left,
      [`${profile}-keys-data`]: left,
      [`${profile}-keys-logs`]: left,
      [`${profile}-keys-cluster`]: gone,
    });
    expect([...graph.values()].filter(({ protect }) => protect).map(({ name }) => name)).toEqual([]); // a protected one would stop the destroy
  });
});

test('D10: dev leaves the keys of its last snapshot and of the log group that EKS writes to, and nothing else of its data', async () => {
  const { graph } = await recordEnvironment('dev');
  expect(fateOf(graph, 'aws:kms/key:Key')).toEqual({
    'dev-keys-cluster': gone,
    'dev-keys-data': left,
    'dev-keys-registry': gone,
    'dev-keys-logs': left,
  });
  expect(fatesOf(graph, 'aws:s3/bucket:Bucket')).toEqual([gone]);
});
