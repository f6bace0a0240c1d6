import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DeliverDeps } from '../../runtime/delivery/deliver.ts';
import { tempFolder } from '../support/temp.ts';
import { memorySource } from './memory-source.ts';
import { promoted } from './version.ts';

/** What a version may be at most, here. */
export const BOUNDS = { maxFiles: 10, maxBytes: 1_000_000 };
/** The files of a version. */
export const FILES = {
  'model.onnx': randomBytes(10_000),
  'reference.json': Buffer.from('{}'),
  'vocabulary/words.txt': randomBytes(3_000),
  empty: Buffer.alloc(0),
};
export const PATHS = Object.keys(FILES);

/** A store with one promoted version, and an empty folder that it is brought to. */
export function world(files: Readonly<Record<string, Buffer>> = FILES, change = {}) {
  const folder = tempFolder();
  const keys = join(folder.path, 'keys');
  const version = promoted(keys, files, change);
  const source = memorySource(version.objects);
  const said: string[] = [];
  const counted = { bytes: 0, files: 0 };
  const deps: DeliverDeps = {
    source,
    bounds: BOUNDS,
    progress: counting(counted),
    pause: async () => undefined,
    say: (line) => void said.push(line),
    stop: new AbortController().signal,
  };
  return {
    folder,
    keys,
    version,
    source,
    said,
    counted,
    deps,
    to: join(folder.path, 'models', 'fraud', '1'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function counting(counted: { bytes: number; files: number }): DeliverDeps['progress'] {
  return {
    bytes: (count) => {
      counted.bytes += count;
    },
    file: () => {
      counted.files += 1;
    },
  };
}

export type World = ReturnType<typeof world>;
