import { judgeChange } from '../../components/replace-on.ts';
import { isList, isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import type { Node } from '../graph/node.ts';
import { unwrapped } from '../graph/secrets.ts';
import type { Pair, PropertyChange } from './changes.ts';
import { isResource } from './resources.ts';

/** A resource that is replaced because what it stands on is. */
export interface Follower extends Pair {
  readonly because: string;
}

/** Types whose id the cloud draws: a new one has another. All others are called as their inputs say. */
const DRAWN = /^aws:(ec2|vpc|kms\/key|msk\/cluster|backup\/plan|secretsmanager\/secret|costexplorer|random|efs)\b|^random:/;

/** Inputs that name a resource in the cloud. */
const NAMES = new Set([
  'name',
  'bucket',
  'identifier',
  'clusterName',
  'replicationGroupId',
  'userId',
  'userGroupId',
  'backupVaultName',
  'repository',
]);

/**
 * Resources that hold the id of a replaced one in a property that cannot change, from the replaced ones upwards: with a new VPC come new subnets.
 * @param ownChanges What changes in a resource itself, by URN.
 */
export function followers(
  pairs: readonly Pair[],
  replaced: ReadonlySet<string>,
  ownChanges: (urn: string) => readonly PropertyChange[],
): readonly Follower[] {
  const gone = new Map<string, Node>();
  for (const { node } of pairs) if (replaced.has(node.urn) && isNewIdentity(node, ownChanges(node.urn))) gone.set(node.urn, node);
  const found = new Map<string, Follower>();
  let before = -1;
  while (found.size !== before) {
    before = found.size;
    for (const pair of pairs) {
      const { node } = pair;
      if (replaced.has(node.urn) || found.has(node.urn) || !isResource(node)) continue;
      const cause = causeOf(node, gone);
      if (cause === null) continue;
      found.set(node.urn, { ...pair, because: `${cause.name} is replaced` });
      if (DRAWN.test(node.type)) gone.set(node.urn, node);
    }
  }
  return [...found.values()];
}

function isNewIdentity({ type }: Node, changes: readonly PropertyChange[]): boolean {
  return DRAWN.test(type) || changes.some(({ path }) => NAMES.has(path));
}

/** The replaced resource whose id stands in a property of this one that cannot be changed where it is. */
function causeOf(node: Node, gone: ReadonlyMap<string, Node>): Node | null {
  const candidates = node.dependencies.flatMap((urn) => gone.get(urn) ?? []);
  if (candidates.length === 0) return null;
  for (const { path, text } of texts(unwrapped(node.inputs), [])) {
    const cause = candidates.find(
      ({ name, type }) => text === `${name}-id` || (/kms\/key|msk\/cluster|secretsmanager/.test(type) && text.endsWith(`/${name}`)),
    );
    if (cause !== undefined && judgeChange(node.type, path, text, '').verdict === 'replace') return cause;
  }
  return null;
}

function texts(tree: Tree, path: readonly string[]): readonly { readonly path: string; readonly text: string }[] {
  if (typeof tree === 'string') return [{ path: path.join('.'), text: tree }];
  if (isList(tree)) return tree.flatMap((item) => texts(item, path));
  return isMap(tree) ? Object.entries(tree).flatMap(([key, child]) => texts(child, [...path, key])) : [];
}
