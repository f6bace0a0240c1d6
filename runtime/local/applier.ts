import { statSync } from 'node:fs';
import { profileOf } from '../model/layers/profiles.ts';
import { listModelFiles } from '../model/read/find.ts';
import { loadFolder, specsOf } from '../model/read/load.ts';
import { problemText } from '../model/read/problem.ts';
import type { ObjectStore } from '../objects/port.ts';

/** Applies the tenants' files to the object store whenever one changed: in the cluster this is `pulumi up`. */
export interface Applier {
  /** True when something was read again. Problems are reported once per change; the last good spec stays. */
  tick(): Promise<boolean>;
}

/** @param directory The tenants' folder. */
export function createApplier(
  directory: string,
  objects: Pick<ObjectStore, 'applySpec'>,
  report: (problems: readonly string[]) => Promise<void>,
): Applier {
  let seen: string | null = null;
  return {
    async tick() {
      // Looked at before it is read: what changes in between is read once more, never missed.
      const stamp = listModelFiles(directory)
        .map((file) => `${file}:${stampOf(file)}`)
        .join('\n');
      if (stamp === seen) return false;
      const loaded = loadFolder(directory, { profile: profileOf('local') });
      for (const spec of specsOf(loaded)) await objects.applySpec(spec);
      if (loaded.problems.length > 0) await report(loaded.problems.map(problemText));
      seen = stamp; // only now: what failed is tried again at the next tick
      return true;
    },
  };
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
}
