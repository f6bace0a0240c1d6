import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { followLines } from '../lines.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The example that `npm start` serves when no tenants are given: three versions trained on real flights. */
export const EXAMPLE = {
  train: join(ROOT, 'examples/flights/train.ts'),
  tenant: join(ROOT, 'tenants/flights'),
  timeColumn: 'event_time',
} as const;

/**
 * Trains in a child process, as a retraining job would run: its memory goes with it. Does nothing for versions that are registered.
 * `interrupted` ends the child. Rejects with the last lines of its output when it fails; a run that was killed leaves nothing half registered.
 */
export function train(registry: string, cache: string, onLine: (line: string) => void, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [EXAMPLE.train, '--registry', registry, '--cache', cache], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: interrupted,
    });
    const last = followLines([child.stdout, child.stderr], onLine);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`training ended with ${signal ?? `code ${code}`}:\n${last.join('\n')}`)),
    );
  });
}
