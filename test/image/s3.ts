import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';
import { layOut } from './version.ts';

const SERVER = join(toolsFolder(), 'bin', 'versitygw');

/** Why tests against it are skipped here; null when it is installed. */
export function missingS3(): string | null {
  return missingTool('s3', [SERVER]);
}

/** A real S3 server over a folder of files. */
export interface S3 extends AsyncDisposable {
  readonly port: number;
  /** Variables that lead the AWS SDK there. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts objects into a bucket, as files: the server reads them from there. */
  put(bucket: string, objects: Readonly<Record<string, Buffer>>): void;
}

/** Starts it on a free port; it answers when it resolves. */
export function startS3(): Promise<S3> {
  return onFreePorts(1, async ([port = 0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-s3-'));
    const data = join(folder, 'data');
    mkdirSync(data);
    const env = { AWS_ACCESS_KEY_ID: 'weir', AWS_SECRET_ACCESS_KEY: 'weir-secret', AWS_REGION: 'us-east-1' };
    const args = ['--access', env.AWS_ACCESS_KEY_ID, '--secret', env.AWS_SECRET_ACCESS_KEY, '--port', `127.0.0.1:${port}`, '--quiet', 'posix', data];
    const server = keepProcess({ command: SERVER, args, folder });
    try {
      await untilReady([server], 30, async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      port,
      env: { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` },
      put: (bucket, objects) => layOut(join(data, bucket), objects),
      [Symbol.asyncDispose]: () => server.stop(),
    };
  });
}
