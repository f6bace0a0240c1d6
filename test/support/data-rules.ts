import type { Graph, Node } from '../../cli/graph/node.ts';
import type { DestroyRule } from './destroy-rules.ts';

/** What holds data that nobody can make again. */
const DATA: ReadonlySet<string> = new Set([
  'aws:s3/bucket:Bucket',
  'aws:rds/instance:Instance',
  'aws:msk/cluster:Cluster',
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:backup/vault:Vault',
  'aws:ecr/repository:Repository',
  'aws:kms/key:Key',
]);
const KEY = 'aws:kms/key:Key';
/** What locks, and what it locks. */
const LOCKS: Readonly<Record<string, string>> = {
  'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration': 'aws:s3/bucket:Bucket',
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': 'aws:backup/vault:Vault',
};

/** D10 in every graph, whatever its data policy. */
export const DATA_RULES: readonly DestroyRule[] = [
  {
    id: 'D10',
    rule: 'data is protected and stays, or goes, as its database does; only what is locked, and keys, may stay without it',
    check: (graph) => {
      const data = dataOf(graph);
      const database = data.find(({ type }) => type === 'aws:rds/instance:Instance');
      if (database === undefined) return ['D10 has no subject in this graph'];
      const mayStay = (node: Node) => node.type === KEY || isLocked(graph, node);
      const right = (node: Node) =>
        database.protect ? node.protect && node.retainOnDelete : !node.protect && (!node.retainOnDelete || mayStay(node));
      return data.filter((node) => !right(node)).map(({ name }) => `${name} is not as the database`);
    },
    broken: (graph) => {
      const last = dataOf(graph).at(-1);
      return changed(graph, last, { protect: last?.protect !== true });
    },
  },
  {
    id: 'D10',
    rule: 'the key of something that stays, stays',
    check: (graph) => {
      const pairs = encryptedBy(graph).filter(([node]) => node.retainOnDelete);
      if (pairs.length === 0) return ['D10 has no subject in this graph'];
      return pairs.filter(([, key]) => !key.retainOnDelete).map(([node, key]) => `${node.name} stays, and its key ${key.name} goes`);
    },
    broken: (graph) => changed(graph, encryptedBy(graph).find(([node]) => node.retainOnDelete)?.[1], { retainOnDelete: false }),
  },
];

/** D10 where something is locked: a graph without a lock has no subject. */
export const LOCK_RULE: DestroyRule = {
  id: 'D10',
  rule: 'what a lock holds stays, with all that protects it, and is never emptied',
  check: (graph) => {
    const locked = [...graph.values()].filter((node) => isLocked(graph, node));
    if (locked.length === 0) return ['D10 has no subject in this graph'];
    const guards = locked.flatMap((node) => guardsOf(graph, node));
    return [
      ...[...locked, ...guards].filter(({ retainOnDelete }) => !retainOnDelete).map(({ name }) => `${name} goes`),
      ...locked.filter(({ inputs }) => inputs.forceDestroy === true).map(({ name }) => `${name} is emptied`),
    ];
  },
  broken: (graph) =>
    changed(
      graph,
      [...graph.values()].find((node) => isLocked(graph, node)),
      { retainOnDelete: false },
    ),
};

/** The gateway's counters live for a minute: they are no data. */
const dataOf = (graph: Graph): readonly Node[] => [...graph.values()].filter(({ type, name }) => DATA.has(type) && !name.endsWith('-rate-limits'));

/** Each resource with a key that it names directly. */
function encryptedBy(graph: Graph): readonly (readonly [Node, Node])[] {
  return [...graph.values()].flatMap((node) =>
    node.dependencies.flatMap((urn) => {
      const key = graph.get(urn);
      return key?.type === KEY && node.type !== 'aws:kms/alias:Alias' ? [[node, key] as const] : [];
    }),
  );
}

function isLocked(graph: Graph, { urn, type }: Node): boolean {
  return [...graph.values()].some((lock) => LOCKS[lock.type] === type && lock.dependencies.includes(urn));
}

/** What stands on a locked bucket or vault and keeps it as it is: its policy, its lock, its key. */
function guardsOf(graph: Graph, { urn }: Node): readonly Node[] {
  return [...graph.values()].filter(
    ({ type, dependencies }) => (/^aws:s3\/bucket(?!Object:)/.test(type) || LOCKS[type] !== undefined) && dependencies.includes(urn),
  );
}

function changed(graph: Graph, node: Node | undefined, change: Partial<Node>): Graph {
  return node === undefined ? graph : new Map([...graph, [node.urn, { ...node, ...change }]]);
}
