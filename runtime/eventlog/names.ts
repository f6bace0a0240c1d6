import { join } from 'node:path';
import { ArgsError } from '../errors.ts';

const NAME = /^[a-zA-Z0-9._-]{1,249}$/; // Kafka's rule for topics, so that a name good here is good there
/** Partitions of one topic are 0 to 1023. */
const PARTITIONS = 1024;

function checkName(what: 'topic' | 'group', name: string): void {
  if (NAME.test(name) && name !== '.' && name !== '..') return;
  throw new ArgsError(`log.${what}`, `"${name.slice(0, 300)}" is not a name`, 'Use 1 to 249 letters, digits, ".", "_" and "-".');
}

function checkPartition(partition: number): void {
  if (Number.isInteger(partition) && partition >= 0 && partition < PARTITIONS) return;
  throw new ArgsError('log.partition', `${partition} is not a partition`, `Give a whole number from 0 to ${PARTITIONS - 1}.`);
}

export function checkOffset(offset: number): void {
  if (Number.isSafeInteger(offset) && offset >= 0) return;
  throw new ArgsError('log.offset', `${offset} is not an offset`, 'Give a whole number from 0 on.');
}

export function topicsFolder(root: string): string {
  return join(root, 'topics');
}

/** Where a partition's segments lie. Checks both names: every path into the log is made here. */
export function partitionFolder(root: string, topic: string, partition: number): string {
  checkName('topic', topic);
  checkPartition(partition);
  return join(topicsFolder(root), topic, String(partition));
}

/** Where a group keeps its next offset. */
export function groupFile(root: string, group: string, topic: string, partition: number): string {
  checkName('group', group);
  checkName('topic', topic);
  checkPartition(partition);
  return join(root, 'groups', group, topic, `${partition}.json`);
}
