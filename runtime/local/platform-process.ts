import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ArgsError } from '../errors.ts';
import { followLines } from '../lines.ts';

/** The platform as a process of its own, started again when it dies: what a kubelet is in the cluster. */
export interface PlatformProcess {
  readonly port: number;
  pid(): number;
  /** How often it was started again. */
  restarts(): number;
  /** SIGKILL: nothing is flushed, nothing is said. It comes back by itself; resolves when it serves again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Settles only when it gave up: it died five times within a minute. */
  readonly failed: Promise<Error>;
}

export interface PlatformProcessOptions {
  readonly state: string;
  readonly tenants: string;
  /** 0: any free port; kept over restarts. */
  readonly port: number;
  readonly onOutput: (line: string) => void;
}

/** What the platform says to its parent, once: where it serves, or why it does not start. */
export type PlatformWord =
  | { readonly port: number }
  | { readonly refused: { readonly path: string; readonly problem: string; readonly remedy: string } };

const MAIN = fileURLToPath(new URL('./platform-main.ts', import.meta.url));
/**
 * The young generation of each thread: V8 would let it grow to 64 MiB on a machine with much memory and keep it there, for nothing that
 * a request of some milliseconds gains.
 */
const HEAP = ['--max-semi-space-size=4'];
/** Of glibc, which takes eight per core and gives little back from any of them. Other libraries of C do not read it. */
const MALLOC_ARENAS = '2';
const START_MS = 60_000;
const MAX_DEATHS = 5;

export async function startPlatformProcess(options: PlatformProcessOptions): Promise<PlatformProcess> {
  let port = options.port;
  let child: ChildProcess | null = null;
  let stopping = false;
  let killing = false; // asked for by `kill`: not a sign of trouble
  let restarts = 0;
  let deaths: number[] = [];
  let serving: Promise<void> = Promise.resolve();
  const failed = Promise.withResolvers<Error>();

  async function start(): Promise<void> {
    const args = [...HEAP, MAIN, '--state', options.state, '--tenants', options.tenants, '--port', String(port)];
    const started = spawn(process.execPath, args, {
      env: { ...process.env, MALLOC_ARENA_MAX: MALLOC_ARENAS },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true, // a group of its own: Ctrl-C reaches the supervisor alone, which stops the replay first
    });
    child = started;
    const output = followLines([started.stdout, started.stderr], options.onOutput);
    port = await ready(started, output);
    started.once('exit', (code, signal) => {
      if (stopping) return;
      options.onOutput(`the platform ended (${signal ?? `code ${code}`}); starting it again`);
      deaths = killing ? [] : [...deaths.filter((at) => performance.now() - at < 60_000), performance.now()];
      killing = false;
      if (deaths.length >= MAX_DEATHS)
        failed.resolve(new Error(`the platform died ${MAX_DEATHS} times within a minute; last words:\n${output.join('\n')}`));
      else {
        restarts += 1;
        serving = start();
        serving.catch((error: unknown) => failed.resolve(error instanceof Error ? error : new Error(String(error))));
      }
    });
  }

  await start();
  return {
    get port() {
      return port;
    },
    pid: () => child?.pid ?? -1,
    restarts: () => restarts,
    async kill() {
      const dying = child;
      const gone = new Promise((resolve) => dying?.once('exit', resolve));
      killing = true;
      dying?.kill('SIGKILL');
      await gone; // the listener above ran first: `serving` is the next start
      await serving;
    },
    async stop() {
      stopping = true;
      await serving.catch(() => undefined);
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
    failed: failed.promise,
  };
}

/** Resolves with the port that the platform says it listens on. */
function ready(child: ChildProcess, output: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the platform did not start within ${START_MS / 1_000} s:\n${output.join('\n')}`));
    }, START_MS);
    child.once('message', (message: PlatformWord) => {
      clearTimeout(timer);
      if ('port' in message) resolve(message.port);
      else reject(new ArgsError(message.refused.path, message.refused.problem, message.refused.remedy));
    });
    // `close`, not `exit`: all that it said has arrived by then.
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`the platform ended with code ${code}:\n${output.join('\n')}`));
    });
  });
}
