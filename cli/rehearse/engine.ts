import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Events, parseEvents } from './events.ts';
import type { PulumiCli } from './pulumi-cli.ts';
import type { StackFile } from './stack-file.ts';
import { parseState, type StateResource } from './state.ts';
import type { Room } from './workspace.ts';

export interface EngineOptions {
  readonly cli: PulumiCli;
  readonly room: Room;
  /** Where the stand-ins listen (`StandIns.attach`). */
  readonly attach: string;
  /** Variables for the program and its hooks. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends what is running. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
}

/** One `pulumi up`, `preview` or `destroy`. */
export interface Run extends Events {
  readonly ok: boolean;
  readonly seconds: number;
  /** All that it printed. */
  readonly output: string;
}

interface Ended {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** The real Pulumi CLI and engine at work in a room. One command at a time. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #env: Readonly<Record<string, string>>;
  #runs = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#env = { ...options.room.env, ...options.env, PULUMI_DEBUG_PROVIDERS: options.attach };
  }

  /** Makes the stack; secrets that only the real backend decrypts get a value that says what it is. @throws Error with what the CLI printed */
  async init(stack: string, { secrets }: Pick<StackFile, 'secrets'>): Promise<void> {
    await this.#must(['stack', 'init', stack]);
    const given = secrets.flatMap((path) => ['--secret', `${path}=rehearsal`]);
    if (given.length > 0) await this.#must(['config', 'set-all', '--stack', stack, '--path', ...given]);
  }

  up(stack: string): Promise<Run> {
    return this.#run(['up', '--stack', stack, '--yes', '--skip-preview']);
  }

  preview(stack: string, { expectNoChanges = false } = {}): Promise<Run> {
    return this.#run(['preview', '--stack', stack, ...(expectNoChanges ? ['--expect-no-changes'] : [])]);
  }

  /** Without `skipPreview` the CLI previews the destroy first, as it does for a person: what is protected refuses there, before anything is deleted. */
  destroy(stack: string, { runProgram = false, skipPreview = false } = {}): Promise<Run> {
    const flags = [...(runProgram ? ['--run-program'] : []), ...(skipPreview ? ['--skip-preview'] : [])];
    return this.#run(['destroy', '--stack', stack, '--yes', ...flags]);
  }

  /** What the backend knows of a stack. */
  async state(stack: string): Promise<readonly StateResource[]> {
    return parseState(await this.#must(['stack', 'export', '--stack', stack]));
  }

  async #run(args: readonly string[]): Promise<Run> {
    const log = join(this.#options.room.folder, `events-${this.#runs++}.jsonl`);
    const { ok, out, err, seconds } = await this.#pulumi([...args, '--color', 'never', '--event-log', log]);
    const events = parseEvents(existsSync(log) ? readFileSync(log, 'utf8') : '');
    return { ...events, ok, seconds, output: `${out}${err}` };
  }

  async #must(args: readonly string[]): Promise<string> {
    const { ok, out, err } = await this.#pulumi(args);
    if (!ok) throw new Error(`pulumi ${args.slice(0, 2).join(' ')} failed:\n${out}${err}`);
    return out;
  }

  #pulumi(args: readonly string[]): Promise<Ended> {
    const { cli, room, signal, now } = this.#options;
    const began = now();
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const child = spawn(cli.path, [...args, '--non-interactive'], {
        cwd: room.project,
        env: this.#env,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'], // what it starts inherits the last one: `close` waits for all of it
        detached: true, // a terminal's Ctrl-C reaches us alone: we tell it in our own time
      });
      const texts = { out: '', err: '' };
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (texts.out += chunk));
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (texts.err += chunk));
      const forget = endWith(child, signal);
      child.once('error', reject).once('close', (code) => {
        forget();
        if (signal.aborted) reject(signal.reason);
        else resolve({ ...texts, ok: code === 0, seconds: (now() - began) / 1_000 });
      });
    });
  }
}

/** The CLI ends what it has started when it is interrupted; how long it may take to do so. */
const GRACE_MILLISECONDS = 5_000;

/** Interrupts the CLI when the signal comes, and ends it when it does not end by itself. */
function endWith(child: ChildProcess, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.kill('SIGINT');
    timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MILLISECONDS);
  };
  signal.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  };
}
