import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const FILES = 'aws:efs/fileSystem:FileSystem';

export const efsEncrypted: ResourceRule = {
  kind: 'resource',
  id: 'efs-encrypted',
  title: 'a shared file system is encrypted',
  reason: 'It is decided at creation alone: a file system of models or data that is not encrypted has to be copied to another one later.',
  remedy: 'Set encrypted to true, and kmsKeyId to your own key, of the aws.efs.FileSystem.',
  severity: 'high',
  ids: ['AWS-0037', 'CKV_AWS_42'],
  scope: 'any',
  mustBeKnown: ['encrypted'],
  on: [FILES],
  check: (files) => files.expect('encrypted', isOn, 'is not encrypted'), // off unless asked for, but in the console
  pass: [{ type: FILES, props: { encrypted: true, throughputMode: 'elastic' } }],
  fail: [{ type: FILES, props: { encrypted: false, throughputMode: 'elastic' } }],
};
