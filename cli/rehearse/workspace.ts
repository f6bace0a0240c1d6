import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesOf, type ProviderPackage, providerPackages } from './packages.ts';
import type { PulumiCli } from './pulumi-cli.ts';
import { readProject } from './stack-file.ts';

/** A temporary folder to rehearse in. Disposing of it leaves nothing behind. */
export interface Workspace extends Disposable {
  readonly folder: string;
  readonly packages: readonly ProviderPackage[];
  /** A copy of the project with a backend and a passphrase of its own, so that stacks of one room know nothing of those of another. */
  room(name: string): Room;
}

export interface Room {
  /** All that is the room's own lies in it. */
  readonly folder: string;
  /** The copy of the project. */
  readonly project: string;
  /** The whole environment of a CLI that works in it: nothing of the operator's but where programs are found. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a program may need to find programs, write temporary files and print letters. Anything else could be a credential, or lead to one. */
const PASSED_ON = ['PATH', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ'];

export interface WorkspaceOptions {
  /** The folder that Pulumi.yaml lies in. */
  readonly project: string;
  readonly cli: PulumiCli;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function openWorkspace({ project, cli, env }: WorkspaceOptions): Workspace {
  const from = resolve(project);
  readProject(from);
  const modules = modulesOf(from);
  const folder = mkdtempSync(join(tmpdir(), 'weir-rehearse-'));
  const packages = providerPackages(modules);
  for (const name of ['bin', 'home']) mkdirSync(join(folder, name));
  writeLaunchers(join(folder, 'bin'), cli, packages);
  const original = join(folder, 'project');
  copyProject(from, original);
  return {
    folder,
    packages,
    room: (name) => {
      const room = join(folder, name);
      mkdirSync(join(room, 'state'), { recursive: true });
      cpSync(original, join(room, 'project'), { recursive: true });
      symlinkSync(modules, join(room, 'project', 'node_modules'));
      return { folder: room, project: join(room, 'project'), env: { ...passedOn(env), ...pulumiEnv(folder, room, env.PATH ?? '') } };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function passedOn(env: WorkspaceOptions['env']): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

function pulumiEnv(folder: string, room: string, path: string): Record<string, string> {
  return {
    PATH: [join(folder, 'bin'), path].join(delimiter),
    HOME: join(folder, 'home'),
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'), // the program starts dozens of times
    NO_COLOR: '1',
    PULUMI_BACKEND_URL: `file://${join(room, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString('base64url'),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // state is written when a run ends, well or not, instead of after every step: of six hundred resources that is most of the time (170 s of `up`, 39 without)
    PULUMI_EXPERIMENTAL: 'true',
    PULUMI_SKIP_CHECKPOINTS: 'true',
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_DEBUG_COMMANDS: 'true', // the event log is one of them
  };
}

/**
 * Everything but what is installed, and hidden things: they are of the checkout, not of the program. It is a copy, so that nothing of the checkout changes (a new
 * stack writes its salt into the stack's file), and it is made once, so that saving a file meanwhile changes nothing here.
 */
function copyProject(from: string, to: string): void {
  const entries = readdirSync(from).filter((name) => name !== 'node_modules' && !name.startsWith('.'));
  const wanted = (path: string): boolean => basename(path) !== 'node_modules';
  mkdirSync(to);
  for (const name of entries) cpSync(join(from, name), join(to, name), { recursive: true, filter: wanted });
}

/**
 * Executables that the CLI looks for: a language host where it has none, and for each package something in the place of its plugin. The engine never starts the
 * latter, since it is attached to the stand-in, but refuses to begin when a plugin that the language host names is not installed.
 */
function writeLaunchers(bin: string, cli: PulumiCli, packages: readonly ProviderPackage[]): void {
  const host = fileURLToPath(new URL('language-host.ts', import.meta.url));
  const write = (name: string, line: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  if (!cli.hasLanguageHost) write('pulumi-language-nodejs', `exec '${process.execPath}' '${host}' --parent=$PPID "$@"`);
  for (const { name } of packages) write(`pulumi-resource-${name}`, `echo 'a rehearsal starts no plugin' >&2; exit 1`);
}
