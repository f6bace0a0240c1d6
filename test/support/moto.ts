import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepProcess, onFreePorts, untilReady } from './kept-process.ts';
import { missingTool, toolsFolder } from './tools.ts';

const SERVER = join(toolsFolder(), 'venv', 'moto', 'bin', 'moto_server');

/** Why tests against it are skipped here; null when it is installed. */
export function missingMoto(): string | null {
  return missingTool('moto', [SERVER]);
}

/** AWS's APIs in memory, as others have written them down: it knows what our own stand-ins were not told. */
export interface Moto extends AsyncDisposable {
  /** Variables that lead the AWS SDK there, with credentials that it does not check. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts it on a free port; it answers when it resolves. */
export function startMoto(): Promise<Moto> {
  return onFreePorts(1, async ([port]) => {
    const address = `http://127.0.0.1:${port}`;
    const folder = mkdtempSync(join(tmpdir(), 'weir-moto-'));
    const server = keepProcess({ command: SERVER, args: ['-H', '127.0.0.1', '-p', String(port)], folder });
    try {
      await untilReady([server], 60, async () => (await fetch(`${address}/moto-api/data.json`)).ok);
    } catch (error) {
      await server.stop();
      throw error;
    }
    const env = { AWS_ENDPOINT_URL: address, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    return { env, [Symbol.asyncDispose]: () => server.stop() };
  });
}
