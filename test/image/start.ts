import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/sources.ts';

/** A process of the image, as a container starts it. */
export interface Started {
  readonly process: ChildProcess;
  /** All that it has written so far. */
  readonly output: () => string;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** @param folder The tree that the image is made of; default: the checkout. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, folder = ROOT): Started {
  const child = spawn(process.execPath, [join(folder, 'runtime/commands/weir.ts'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => void pieces.push(piece));
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { process: child, output: () => pieces.join(''), ended };
}
