import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ledger } from '../../../cli/rehearse/ledger.ts';
import type { PulumiCli } from '../../../cli/rehearse/pulumi-cli.ts';
import { SdkTypes } from '../../../cli/rehearse/sdk-types.ts';
import { startStandIns } from '../../../cli/rehearse/stand-in-provider.ts';
import { openWorkspace } from '../../../cli/rehearse/workspace.ts';
import { PACK, type Told } from './pack-runner.ts';

/** A resource of test/policies/engine/fixture. */
export interface Given {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Names. */
  readonly dependencies?: readonly string[];
  readonly provider?: string;
  readonly protect?: boolean;
}

/** How one command of the CLI ended. */
export interface Ran {
  readonly code: number | null;
  /** All that it printed. */
  readonly output: string;
  readonly told: readonly Told[];
}

/** The real CLI and engine with stand-in providers, a stack whose program makes the given resources, and the pack. */
export interface PolicyEngine extends AsyncDisposable {
  readonly folder: string;
  /** `preview`, `up`, `policy analyze`, … with the pack and its configuration, if any. */
  judged(args: readonly string[], packConfig?: Readonly<Record<string, unknown>>): Promise<Ran>;
  run(args: readonly string[]): Promise<Omit<Ran, 'told'>>;
  readonly created: () => readonly string[];
}

const PROJECT = 'test/policies/engine/fixture';
const HOST = fileURLToPath(new URL('policy-host.ts', import.meta.url));
export const STACK = 'shop';

/** A program that makes the given resources, in a stack of this configuration. */
export function openPolicyEngine(
  cli: PulumiCli,
  { resources, stackFile }: { readonly resources: readonly Given[]; readonly stackFile: string },
): Promise<PolicyEngine> {
  return openStack(cli, PROJECT, STACK, (project) => {
    writeFileSync(join(project, 'resources.json'), JSON.stringify(ordered(resources)));
    writeFileSync(join(project, 'stacks', `Pulumi.${STACK}.yaml`), stackFile);
  });
}

/** A stack of any project, in a copy of it. */
export async function openStack(
  cli: PulumiCli,
  project: string,
  stack: string,
  prepare: (project: string) => void = () => undefined,
): Promise<PolicyEngine> {
  await using opened = new AsyncDisposableStack();
  const workspace = opened.use(openWorkspace({ project, cli, env: process.env }));
  const room = workspace.room('room');
  prepare(room.project);
  const ledger = new Ledger();
  const place = { region: 'eu-west-1', account: '123456789012' };
  const standIns = opened.use(await startStandIns(workspace.packages, { ledger, types: new SdkTypes(workspace.packages), place }));
  const env = { ...room.env, PATH: [hostFolder(cli, room.folder), room.env.PATH].join(delimiter), PULUMI_DEBUG_PROVIDERS: standIns.attach };
  let runs = 0;
  const run: PolicyEngine['run'] = (args) => ran(cli.path, [...args, '--non-interactive'], { cwd: room.project, env });
  const judged: PolicyEngine['judged'] = async (args, packConfig) => {
    const place = join(room.folder, String(runs++));
    const log = `${place}.jsonl`;
    if (packConfig !== undefined) writeFileSync(`${place}.json`, JSON.stringify(packConfig));
    const given = packConfig === undefined ? [] : ['--policy-pack-config', `${place}.json`];
    const isAnalysis = args[0] === 'policy'; // it has no log of events, and prints them instead
    const { code, output } = await run([...args, '--policy-pack', PACK, ...given, ...(isAnalysis ? ['--json'] : ['--event-log', log])]);
    return { code, output, told: toldIn(isAnalysis ? output : existsSync(log) ? readFileSync(log, 'utf8') : '') };
  };
  const made = await run(['stack', 'init', stack]);
  if (made.code !== 0) throw new Error(made.output);
  const kept = opened.move();
  return { folder: room.folder, judged, run, created: () => ledger.living, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Where a host lies that starts packs: the one of rehearsals does not, and a CLI that was built from source has none. */
function hostFolder({ hasLanguageHost }: PulumiCli, room: string): string {
  const folder = join(room, 'host');
  mkdirSync(folder);
  if (hasLanguageHost) return folder;
  const file = join(folder, 'pulumi-language-nodejs');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${HOST}' --parent=$PPID "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

function ran(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}

interface PolicyEvent {
  readonly policyEvent?: { readonly resourceUrn?: string; readonly message: string; readonly policyName: string; readonly enforcementLevel: string };
}

function toldIn(lines: string): readonly Told[] {
  return lines.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []; // what the CLI writes beside its events
    const { policyEvent }: PolicyEvent = JSON.parse(line);
    if (policyEvent === undefined) return [];
    const { resourceUrn: urn = '', message, policyName: rule, enforcementLevel: level } = policyEvent;
    return [{ rule, level, urn, message }];
  });
}

/** What is needed comes first: a program makes it so. */
function ordered(resources: readonly Given[]): readonly Given[] {
  const made = new Set<string>();
  const left = new Set(resources);
  const done: Given[] = [];
  for (let before = -1; before !== done.length; ) {
    before = done.length;
    for (const one of left) {
      const needs = [...(one.dependencies ?? []), ...(one.provider === undefined ? [] : [one.provider])];
      if (needs.some((name) => !made.has(name))) continue;
      left.delete(one);
      made.add(one.name);
      done.push({ ...one, dependencies: one.dependencies ?? [], provider: one.provider ?? '', protect: one.protect ?? false });
    }
  }
  if (left.size > 0) throw new Error(`needed, and not there: ${[...left].map(({ name }) => name).join(', ')}`);
  return done;
}
