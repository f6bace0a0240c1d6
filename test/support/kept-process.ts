import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../runtime/errors.ts';

/** A server that lives no longer than the test process, however that ends. */
export interface KeptProcess extends AsyncDisposable {
  readonly name: string;
  readonly running: () => boolean;
  /** The last lines that it wrote. */
  readonly tail: (lines?: number) => string;
  /** Kills it and all that it started; resolves when it is gone, with its folder. */
  stop(): Promise<void>;
}

export interface KeepOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** A folder of the test's own that it runs in and writes its log to. It is removed with all that is in it when the server is told to end. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * How long it may take to end by itself, after SIGTERM, when the test process was killed: for a server that would leave things outside its folder.
   * Default 0. `stop` does not wait for that: whoever stops it removes them.
   */
  readonly graceSeconds?: number;
}

/**
 * `read` waits on a pipe that only the test process holds: when it says `now`, or closes because that process was killed, the server must go.
 * The keeper leads a process group of its own: a terminal's Ctrl-C reaches the test process alone, and the last line ends what the server left behind.
 */
const KEEPER = `
exec 3<&0
folder=$1 grace=$2; shift 2
"$@" </dev/null 3<&- &
server=$!
( read -r word <&3; rm -rf "$folder"; [ "$word" = now ] || { kill "$server"; sleep "$grace"; }; kill -KILL "$server" ) &
wait "$server"
echo "ended with status $?"
kill -KILL 0`;

/** Starts a server that ends with this process. */
export function keepProcess({ command, args, folder, env, graceSeconds = 0 }: KeepOptions): KeptProcess {
  const name = basename(command);
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', folder, String(graceSeconds), command, ...args], {
    stdio: ['pipe', output, output],
    detached: true,
    cwd: folder,
    env: { ...process.env, ...env },
  });
  closeSync(output);
  keeper.stdin?.on('error', () => undefined); // it ended by itself: there is nothing left to tell
  let running = true;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error']) keeper.once(event, () => resolve());
  }).finally(() => {
    running = false;
  });
  const stop = async (): Promise<void> => {
    keeper.stdin?.end('now\n');
    await ended;
    rmSync(folder, { recursive: true, force: true }); // it may have written after the keeper looked
  };
  const tail = (lines = 20): string => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  return { name, running: () => running, tail, stop, [Symbol.asyncDispose]: stop };
}

/** Polls until `ready` holds; the error has the servers' own last lines when one of them ended or the deadline passed. */
export async function untilReady(servers: readonly KeptProcess[], seconds: number, ready: () => Promise<boolean>): Promise<void> {
  const words = (): string => servers.map(({ name, tail }) => `${name}:\n${tail()}`).join('\n');
  for (const end = performance.now() + seconds * 1_000; ; await pause(50)) {
    const gone = servers.find((server) => !server.running());
    if (gone !== undefined) throw new Error(`${gone.name} ended before it was ready:\n${gone.tail()}`);
    if (await ready().catch(() => false)) return;
    if (performance.now() > end) throw new Error(`not ready within ${seconds} s:\n${words()}`);
  }
}

/** Starts what listens on ports that were free a moment ago: again, on others, when somebody was faster. */
export async function onFreePorts<T>(count: number, start: (ports: readonly number[]) => Promise<T>, attempts = 3): Promise<T> {
  try {
    return await start(await freePorts(count));
  } catch (error) {
    if (attempts <= 1 || !/already in use/i.test(messageOf(error))) throw error;
    return await onFreePorts(count, start, attempts - 1);
  }
}

/** Ports of 127.0.0.1 that nobody had a moment ago, for servers that cannot choose one themselves. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject).listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve))));
  return ports;
}
