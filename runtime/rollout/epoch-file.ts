import { ArgsError } from '../errors.ts';
import { readIfThere, writeWhole } from '../files.ts';
import type { EpochStore } from './ports.ts';

/** The epoch of a platform on one machine, kept in one file of its state folder. A missing file is epoch 0. */
export function epochFile(path: string): EpochStore {
  return {
    async read() {
      const text = readIfThere(path);
      if (text === null) return 0;
      const epoch = Number(text);
      if (!Number.isSafeInteger(epoch) || epoch < 0) throw new ArgsError(path, 'is not an epoch', 'Remove the file: routes carry the epoch too.');
      return epoch;
    },
    async write(epoch) {
      writeWhole(path, `${epoch}\n`, true); // fsync: an epoch taken twice would let two controllers write
    },
  };
}
