import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './sources.ts';

/** Those of this project, and those that a platform team copies: docs/ci.md. */
export const WORKFLOW_FILES: readonly string[] = ['.github/workflows', 'docs/ci'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
);

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly environment?: unknown;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function workflowOf(file: string): Workflow {
  const workflow: Workflow = parse(textOf(file));
  return workflow;
}

/** Jobs of all files, called `docs/ci/up.yml preview`. */
export function jobsOf(files: readonly string[]): readonly (Job & { readonly name: string })[] {
  return files.flatMap((file) => Object.entries(workflowOf(file).jobs).map(([name, job]) => ({ ...job, name: `${file} ${name}` })));
}

/** The arguments of every `npm run weir --`, and of every `node …/cli/weir.ts`, in a text, without what the shell does with them. */
export function weirCommands(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/(?:npm run (?:--silent )?weir --|node \S*cli\/weir\.ts) ([^\n`]*)/g)].map(([, line = '']) => {
    const command = line.split(/\s(?:\d?>|\||&&|#)/)[0] ?? '';
    return (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll(/^["']|["']$/g, ''));
  });
}
