import { isList, isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import { counted } from '../format/level.ts';
import { isSecret, UNKNOWN, unwrapped } from '../graph/secrets.ts';
import { flowText } from '../yaml-lines.ts';

/** Wider values are told by their size; `--json` has them whole. */
const WIDTH = 64;
const SECRET = '(secret)';

/**
 * An input as it may be shown and compared: secrets without their value, what is not known yet as such, text that is JSON as what it says, so
 * that a changed line of a policy is told and not the whole policy.
 */
export function shownTree(value: unknown): Tree {
  if (isSecret(value)) return SECRET;
  if (value === UNKNOWN) return '(known after the first up)';
  if (isList(value)) return value.map(shownTree);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shownTree(child)]));
  return typeof value === 'string' && /^\s*[[{]/.test(value) ? parsed(value) : value;
}

function parsed(text: string): Tree {
  try {
    const tree: unknown = JSON.parse(text);
    return isMap(tree) && 'Statement' in tree ? policyTree(tree) : tree;
  } catch {
    return text; // it only looked like JSON
  }
}

/** To IAM a list of one is that one, and lists have no order: the provider does not see such a difference either. */
function policyTree(tree: Tree, key = ''): Tree {
  if (isList(tree)) {
    const items = tree.map((item) => policyTree(item));
    if (key === 'Statement') return items;
    return items.length === 1 ? items[0] : items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return isMap(tree) ? Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, policyTree(child, name)])) : tree;
}

/** Whether two inputs differ only in what their secrets hide. */
export function secretsDiffer(from: unknown, to: unknown): boolean {
  return JSON.stringify(secretsOf(from)) !== JSON.stringify(secretsOf(to));
}

/** In the order of the inputs. */
function secretsOf(value: unknown): readonly unknown[] {
  if (isSecret(value)) return [unwrapped(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsOf) : [];
}

/** `8 -> 9`; of two lists of plain values what comes and what goes. */
export function changeText(from: Tree, to: Tree): string {
  if (isPlainList(from) && isPlainList(to)) {
    const came = to.filter((item) => !from.includes(item)).map((item) => `+ ${valueText(item)}`);
    const went = from.filter((item) => !to.includes(item)).map((item) => `- ${valueText(item)}`);
    if (came.length + went.length > 0) return [...came, ...went].join(', ');
  }
  return `${valueText(from)} -> ${valueText(to)}`;
}

const isPlainList = (tree: Tree): tree is readonly Tree[] => isList(tree) && tree.every((item) => typeof item !== 'object');

/** A value on part of a line. */
export function valueText(value: Tree): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : flowText(value);
  if (text.length <= WIDTH) return text.replaceAll('\n', ' ');
  if (isList(value)) return counted(value.length, 'item');
  return isMap(value) ? counted(Object.keys(value).length, 'field') : `${text.slice(0, WIDTH - 1).replaceAll('\n', ' ')}…`;
}
