import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseStackFile, readStackFile, STAND_IN } from '../../../cli/plan/stack-file.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import { run } from '../in-process.ts';
import { PLATFORM_LINES } from '../platform-lines.ts';
import { scratch } from '../run.ts';

const RIGHT = `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-platform
  weir:network:
    cidr: 10.20.0.0/16
  weir:access:
    deploy: arn:aws:iam::123456789012:role/weir-deploy
  weir:budget:
    emails: [platform-team@example.com]
${PLATFORM_LINES}`;

/** Every problem and warning, as it is printed. */
function told(text: string): readonly string[] {
  const read = parseStackFile('Pulumi.dev.yaml', 'dev', text);
  return (read.kind === 'wrong' ? read.problems : read.stackFile.warnings).map(problemText);
}

test('a right file has no problem, and gives the program what Pulumi would', () => {
  const read = parseStackFile('Pulumi.dev.yaml', 'dev', RIGHT);
  expect(read.kind).toBe('read');
  if (read.kind !== 'read') return;
  expect(read.stackFile).toMatchObject({ warnings: [], secretKeys: [], settings: { environment: 'dev', profile: 'dev' } });
  expect(read.stackFile.config['weir:account']).toBe('123456789012');
  expect(read.stackFile.config['weir:network']).toBe('{"cidr":"10.20.0.0/16"}');
});

test('a day without quotes, which Pulumi reads as a moment in time, is told where it stands', () => {
  const waiver = '{rule: vpc-flow-logs, urn: "*-vpc", reason: Nothing of value is in it, owner: team, expires: DAY}';
  const withDay = (day: string) => told(`${RIGHT}  weir:policies:\n    waivers:\n      - ${waiver.replace('DAY', day)}\n`);
  expect(withDay('"2027-06-30"')).toEqual([]);
  expect(withDay('2027-06-30').map((text) => text.split('\n')[0])).toEqual([
    expect.stringMatching(/weir:policies\.waivers\[0\]\.expires {2}2027-06-30 without quotes is a moment in time to Pulumi, and no text/),
  ]);
});

test.each<readonly [what: string, from: string, to: string, message: readonly string[]]>([
  [
    'an unknown section',
    'weir:owner',
    'weir:ownr',
    [
      'Pulumi.dev.yaml:5:3  weir:ownr  "ownr" is not a field of settings',
      '    5 |   weir:ownr: platform-team',
      '      |   ^^^^^^^^^  did you mean "owner"? ',
    ],
  ],
  [
    'an unknown field below one',
    'cidr: 10.20',
    'cdir: 10.20',
    [
      'Pulumi.dev.yaml:8:5  weir:network.cdir  "cdir" is not a field of the network',
      '    8 |     cdir: 10.20.0.0/16',
      '      |     ^^^^  did you mean "cidr"? ',
    ],
  ],
  [
    'a value that is none of its words',
    'profile: dev',
    'profile: devv',
    [
      'Pulumi.dev.yaml:2:17  weir:profile  "devv" is not a profile',
      '    2 |   weir:profile: devv',
      '      |                 ^^^^  did you mean "dev"? ',
    ],
  ],
  [
    'a place that is written as one key',
    '  weir:network:\n    cidr: 10.20.0.0/16',
    '  weir:network.cidr: 10.20.0.0/16',
    [
      'Pulumi.dev.yaml:7:3  weir:network.cidr  "weir:network.cidr" is one key to Pulumi, not a place in a section',
      '    7 |   weir:network.cidr: 10.20.0.0/16',
      '      |   ^^^^^^^^^^^^^^^^^',
      '      | Write `cidr` below `weir:network:`, as `pulumi config set --path weir:network.cidr …` does.',
    ],
  ],
  [
    'a key without its namespace',
    'weir:owner',
    'owner',
    [
      'Pulumi.dev.yaml:5:3  owner  "owner" has no namespace: Pulumi refuses the file',
      '    5 |   owner: platform-team',
      '      |   ^^^^^',
      '      | Write `weir:owner`.',
    ],
  ],
  [
    'a section outside of config',
    'config:',
    'confg:',
    [
      'Pulumi.dev.yaml:1:1  confg  "confg" is no part of a stack file',
      '    1 | confg:',
      '      | ^^^^^  did you mean "config"? Settings stand below `config:`, such as `weir:profile: dev`.',
    ],
  ],
  ['a key that is given twice', '  weir:owner:', '  weir:profile: prod\n  weir:owner:', ['Pulumi.dev.yaml:5:3  this key is given twice']],
  ['a tab', '    cidr', '\tcidr', ['Pulumi.dev.yaml:8:1  a tab indents this line']],
  ['an alias', 'platform-team\n', '*team\n', ['Pulumi.dev.yaml:5:15  "*team" is an alias']],
  [
    'a version that YAML reads as a number',
    'config:',
    'config:\n  weir:cluster: {version: 1.30}',
    ['Pulumi.dev.yaml:2:27  weir:cluster.version  1.30 is read as the number 1.3'],
  ],
])('%s is told at its line, with what to do', (_what, from, to, message) => {
  const first = told(RIGHT.replace(from, to))[0]?.split('\n') ?? [];
  for (const [index, line] of message.entries()) expect(first[index]?.startsWith(line), `${first[index]} against ${line}`).toBe(true);
});

test('every mistake is told at once, in the order of the file', () => {
  const wrong = RIGHT.replace('weir:owner', 'weir:ownr').replace('cidr:', 'cdir:').replace('profile: dev', 'profile: devv');
  expect(told(wrong).map((text) => text.split('  ')[0])).toEqual(['Pulumi.dev.yaml:2:17', 'Pulumi.dev.yaml:5:3', 'Pulumi.dev.yaml:8:5']);
});

test('what Pulumi or another program reads hinders nothing, and is told', () => {
  const [aws, esc] = [told(RIGHT.replace('config:', 'config:\n  aws:region: us-east-1')), told(`environment: [shared]\n${RIGHT}`)];
  expect(aws).toEqual([expect.stringContaining('warning: "aws:region" is not read by this program')]);
  expect(esc).toEqual([expect.stringContaining('warning: values of a Pulumi ESC environment are not seen here')]);
  expect(told(`secretsprovider: awskms://alias/x\nencryptedkey: abc\n${RIGHT}`)).toEqual([]);
});

test('an encrypted value is a stand-in, and its key a secret', () => {
  const credentials =
    '  weir:registryCredentials:\n    dockerHub:\n      username: robot\n      accessToken:\n        secure: v1:abc:def\n  weir:images: {pullThrough: [ecrPublic, kubernetes, quay, dockerHub]}\n  weir:layers: [foundation]\n';
  const read = parseStackFile('Pulumi.dev.yaml', 'dev', RIGHT.replace(PLATFORM_LINES, '') + credentials);
  if (read.kind !== 'read') throw new Error(read.problems.map(problemText).join('\n'));
  expect(read.stackFile.secretKeys).toEqual(['weir:registryCredentials']);
  expect(read.stackFile.config['weir:registryCredentials']).toBe(`{"dockerHub":{"username":"robot","accessToken":"${STAND_IN}"}}`);
});

test('a stack without a file names those that have one', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'Pulumi.prod.yaml'), RIGHT);
  expect(() => readStackFile(folder, 'prd')).toThrow('there are no settings of "prd"\n  Did you mean "prod"? There are: prod.');
  expect(() => readStackFile(scratch(), 'prod')).toThrow('holds no stack files');
});

test('wrong settings have no plan: the problems, and exit code 2', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'Pulumi.dev.yaml'), RIGHT.replace('weir:owner', 'weir:ownr'));
  const text = await run(['plan', 'dev', '--stacks', folder]);
  expect([text.code, text.out.split('\n').at(-1)]).toEqual([2, '1 problem: there is no plan of these settings']);
  const json = await run(['plan', 'dev', '--stacks', folder, '--json']);
  const { problems }: { problems: readonly { path: string; line: number }[] } = JSON.parse(json.out);
  expect([json.code, problems.map(({ path, line }) => [path, line])]).toEqual([2, [['weir:ownr', 5]]]);
});

test.each([
  ['weir:region: eu-west-1', 'weir:region: {secure: v1:a:b}', 'weir:region'],
  ['cidr: 10.20.0.0/16', 'cidr: {secure: v1:a:b}', 'weir:network'],
])('what is encrypted without need is told as that: %s', (from, to, key) => {
  const [first, , , remedy] = told(RIGHT.replace(from, to)).join('\n').split('\n');
  expect(first).toMatch(new RegExp(`:3  ${key}  is encrypted, or holds a value that is, and a plan has no key$`));
  expect(remedy).toContain('Write it in clear: only weir:registryCredentials is secret.');
});

test('credentials that are encrypted as one value are not taken for values', () => {
  const [first = ''] = told(`${RIGHT}  weir:registryCredentials:\n    secure: v1:a:b\n`);
  expect(first).toContain('weir:registryCredentials  is encrypted as a whole, and its form cannot be checked');
});
