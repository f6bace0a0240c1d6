import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const FILES = 'aws:efs/fileSystem:FileSystem';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/data';

export const efsEncrypted: ResourceRule = {
  kind: 'resource',
  id: 'efs-encrypted',
  title: 'a shared file system is encrypted with an own key',
  reason: 'It is decided at creation alone: a file system of models or data that is not encrypted has to be copied to another one later.',
  remedy: 'Set encrypted to true, and kmsKeyId to your own key, of the aws.efs.FileSystem.',
  severity: 'high',
  ids: ['AWS-0037', 'CKV_AWS_42', 'CKV_AWS_184'],
  scope: 'any',
  mustBeKnown: ['encrypted'],
  on: [FILES],
  check: (files) => [
    ...files.expect('encrypted', isOn, 'is not encrypted'), // off unless asked for, but in the console
    ...(files.has('kmsKeyId') ? [] : [files.problem('kmsKeyId', 'is encrypted with a key that is not its own')]),
  ],
  pass: [{ type: FILES, props: { encrypted: true, kmsKeyId: KEY } }],
  fail: [{ type: FILES, props: { encrypted: false, kmsKeyId: KEY } }],
};
