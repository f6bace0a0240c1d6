import { isMap, isNode, type Node, parseDocument, stringify } from 'yaml';
import { ArgsError } from '../errors.ts';
import type { FileRollout } from './model-file.ts';

/** What `rollout:` may say; whether it is right is told when the text is read. */
export type RolloutText = string | (Omit<FileRollout, 'preset'> & { readonly preset?: string });

/**
 * The text of a model file with another version, and with another rollout when one is given; every other character stays as it is.
 * Throws ArgsError when the text is not a model file with a registry section.
 */
export function setVersion(text: string, version: string, rollout?: RolloutText): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const registry = document.errors.length > 0 ? null : document.get('registry');
  const before = isMap(registry) ? registry.get('version', true) : undefined;
  if (before === undefined) throw new ArgsError('registry', 'this text is not a model file that names a version', 'Run weir validate on it.');
  const edits = [{ node: before, text: versionText(version) }];
  const present = document.get('rollout', true);
  if (rollout === undefined) return splice(text, edits);
  if (isNode(present)) return splice(text, [...edits, { node: present, text: flowText(rollout, text) }]);
  const changed = splice(text, edits);
  return `${changed}${changed.endsWith('\n') ? '' : '\n'}rollout: ${flowText(rollout, text)}\n`;
}

/** `8` stays a number, as people write it; everything that a number would change, such as `1.10`, becomes text in quotes. */
function versionText(version: string): string {
  return /^(0|[1-9]\d{0,14})$/.test(version) ? version : stringify(version).trimEnd();
}

/** On one line, with blanks inside of braces where the file has them. */
function flowText(value: RolloutText, file: string): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: file.includes('{ '), lineWidth: 0 }).trimEnd();
}

/** Replaces the source of each node, the last one first, so that places stay right. */
function splice(text: string, edits: readonly { readonly node: Node; readonly text: string }[]): string {
  const placed = edits.map((edit) => ({ start: edit.node.range?.[0] ?? 0, end: edit.node.range?.[1] ?? 0, text: edit.text }));
  return placed.sort((a, b) => b.start - a.start).reduce((out, { start, end, text: by }) => out.slice(0, start) + by + out.slice(end), text);
}
