import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../../cli/rehearse/workspace.ts';
import { writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';

const FIXTURE = 'test/cli/rehearse/fixture';
const cli = { path: '/usr/bin/pulumi', version: '3.250.0', hasLanguageHost: false };

/** What an operator's shell may hold. */
const SHELL = {
  PATH: '/usr/bin',
  LANG: 'en_US.UTF-8',
  HOME: '/home/me',
  AWS_PROFILE: 'prod',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_CONFIG_FILE: '/home/me/.aws/config',
  PULUMI_ACCESS_TOKEN: 'secret',
  PULUMI_BACKEND_URL: 's3://state',
  PULUMI_CONFIG_PASSPHRASE_FILE: '/home/me/passphrase',
  KUBECONFIG: '/home/me/.kube/config',
  GOOGLE_APPLICATION_CREDENTIALS: '/home/me/gcp.json',
  AZURE_CLIENT_SECRET: 'secret',
  VAULT_TOKEN: 'secret',
  HTTPS_PROXY: 'http://user:secret@proxy',
  NODE_OPTIONS: '--require /home/me/hook.js',
};

test('of the operator’s environment only what finds programs and prints letters is passed on', () => {
  using workspace = openWorkspace({ project: FIXTURE, cli, env: SHELL });
  const { env, folder } = workspace.room('one');
  const foreign = Object.entries(env).filter(([name, value]) =>
    Object.entries(SHELL).some(([key, given]) => key !== 'PATH' && name !== 'LANG' && value === given),
  );
  expect(foreign).toEqual([]);
  expect(env).toMatchObject({ LANG: 'en_US.UTF-8', HOME: join(workspace.folder, 'home'), PULUMI_BACKEND_URL: `file://${folder}/state` });
  expect(env.PATH).toBe(`${workspace.folder}/bin:/usr/bin`);
  expect(Object.keys(env).filter((name) => /^(AWS|KUBE|GOOGLE|AZURE|VAULT|HTTP)/.test(name))).toEqual([]);
});

test('every room has a copy of the project and a passphrase of its own, and all of it goes', () => {
  const workspace = openWorkspace({ project: FIXTURE, cli, env: SHELL });
  const [one, two] = [workspace.room('one'), workspace.room('two')];
  expect(readFileSync(join(one.project, 'stacks/index.ts'), 'utf8')).toBe(readFileSync(join(FIXTURE, 'stacks/index.ts'), 'utf8'));
  expect(statSync(join(two.project, 'node_modules/@pulumi/pulumi')).isDirectory()).toBe(true);
  expect(one.env.PULUMI_CONFIG_PASSPHRASE).not.toBe(two.env.PULUMI_CONFIG_PASSPHRASE);
  workspace[Symbol.dispose]();
  expect(existsSync(workspace.folder)).toBe(false);
});

test('a file that is saved meanwhile changes nothing', () => {
  const project = scratch();
  writeFiles(project, { 'Pulumi.yaml': 'name: x', 'package.json': '{}', 'index.ts': 'before', 'node_modules/@pulumi/pulumi/package.json': '{}' });
  using workspace = openWorkspace({ project, cli, env: SHELL });
  writeFiles(project, { 'index.ts': 'after' });
  expect(readFileSync(join(workspace.room('one').project, 'index.ts'), 'utf8')).toBe('before');
});

test('what is hidden or installed is not copied', () => {
  const project = scratch();
  const files = ['Pulumi.yaml', 'package.json', '.env', '.git/config', 'stacks/index.ts', 'stacks/node_modules/x.js'];
  writeFiles(project, { ...Object.fromEntries(files.map((name) => [name, '{}'])), 'node_modules/@pulumi/pulumi/package.json': '{}' });
  using workspace = openWorkspace({ project, cli, env: SHELL });
  const copied = readdirSync(workspace.room('one').project, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('node_modules'));
  expect(copied.toSorted()).toEqual(['Pulumi.yaml', 'package.json', 'stacks', 'stacks/index.ts']);
});

test('a language host is brought only where the CLI has none', () => {
  const launchers = (hasLanguageHost: boolean): readonly string[] => {
    using workspace = openWorkspace({ project: FIXTURE, cli: { ...cli, hasLanguageHost }, env: SHELL });
    return readdirSync(join(workspace.folder, 'bin'));
  };
  expect(launchers(false)).toContain('pulumi-language-nodejs');
  expect(launchers(true)).not.toContain('pulumi-language-nodejs');
});

test.each([
  [{ 'package.json': '{}' }, /Pulumi\.yaml {2}is not there\n {2}Run weir in the folder that Pulumi\.yaml lies in\./],
  [{ 'Pulumi.yaml': 'name: x' }, /its packages are not installed: there is no @pulumi\/pulumi\n {2}Run npm ci there first\./],
])('a folder with only %j is refused', (files, words) => {
  const project = scratch();
  writeFiles(project, files);
  expect(() => openWorkspace({ project, cli, env: SHELL })).toThrow(words);
});
