import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStackFile, setSetting } from '../../../cli/rehearse/stack-file.ts';
import { writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';

function project(text: string | null): string {
  const folder = scratch();
  writeFiles(folder, {
    'Pulumi.yaml': 'name: shop\nstackConfigDir: stacks\n',
    'stacks/Pulumi.prod.yaml': text,
    'stacks/Pulumi.dev.yaml': 'config: {}\n',
  });
  return folder;
}

test('the key of the real backend and all that only it decrypts are taken out, wherever they lie', () => {
  const folder = project(`secretsprovider: awskms://alias/state
encryptedkey: abc
encryptionsalt: v1:x
config:
  weir:owner: me # and you
  weir:token:
    secure: AAAB
  weir:alerts:
    slack: { secure: AAAC }
    pagerduty: on-call
`);
  const file = openStackFile(folder, 'prod');
  expect(file.secrets).toEqual(['weir:token', 'weir:alerts.slack']);
  expect(readFileSync(file.path, 'utf8')).toBe(`config:
  weir:owner: me # and you
  weir:alerts:
    pagerduty: on-call
`);
});

test('a setting is read and set where it lies', () => {
  const file = openStackFile(project('config:\n  weir:network:\n    cidr: 10.0.0.0/16\n  aws:region: eu-west-1\n'), 'prod');
  setSetting(file, 'network.nat', 'zone');
  setSetting(file, 'storage.registryLockDays', '30');
  setSetting(file, 'aws:region', 'us-east-1');
  expect(['network', 'storage.registryLockDays', 'aws:region', 'owner'].map((setting) => file.get(setting))).toEqual([
    { cidr: '10.0.0.0/16', nat: 'zone' },
    30,
    'us-east-1',
    undefined,
  ]);
});

test('a stack without a file is told which ones there are', () => {
  expect(() => openStackFile(project(null), 'prod')).toThrow(
    /^(stacks\/)?Pulumi\.prod\.yaml {2}there are no settings of "prod"\n {2}There are: dev\./,
  );
});
