import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';

const run = promisify(execFile);
const ROOT = join(toolsFolder(), 'redis');
const LIBRARIES = join(ROOT, 'usr/lib/x86_64-linux-gnu');
/** One that is installed is used; else the one that test/servers/install.sh has unpacked, with its libraries. */
const BIN = existsSync('/usr/bin/redis-server') ? '/usr/bin' : join(ROOT, 'usr/bin');
const ENV = BIN.startsWith(ROOT) ? { LD_LIBRARY_PATH: LIBRARIES } : {};

/** Why tests against it are skipped here; null when it is installed. */
export function missingRedis(): string | null {
  return missingTool('redis', [join(BIN, 'redis-server'), join(BIN, 'redis-cli')]);
}

/** A cluster of one node, which has all slots: clients speak to it as to ElastiCache's. Its user `default` has no password. */
export interface Redis extends AsyncDisposable {
  readonly port: number;
}

export function startRedis(): Promise<Redis> {
  return onFreePorts(2, async ([port = 0, busPort = 0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-redis-'));
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--cluster-enabled', 'yes', '--cluster-port', `${busPort}`];
    const kept = keepProcess({ command: join(BIN, 'redis-server'), args, folder, env: ENV });
    const client = async (...command: readonly string[]): Promise<string> => {
      return (await run(join(BIN, 'redis-cli'), ['-h', '127.0.0.1', '-p', `${port}`, ...command], { env: { ...process.env, ...ENV } })).stdout;
    };
    try {
      await untilReady([kept], 20, async () => (await client('ping')).startsWith('PONG'));
      await client('cluster', 'addslotsrange', '0', '16383');
      await untilReady([kept], 20, async () => (await client('cluster', 'info')).includes('cluster_state:ok'));
    } catch (error) {
      await kept.stop();
      throw error;
    }
    return { port, [Symbol.asyncDispose]: () => kept.stop() };
  });
}
