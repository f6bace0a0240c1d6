import { statSync } from 'node:fs';
import { listModelFiles } from '../model/read/find.ts';
import { problemText } from '../model/read/problem.ts';
import type { ObjectStore } from '../objects/port.ts';
import { type LocalTenants, readLocalTenants } from './tenants.ts';

/** Applies the tenants' files to the object store whenever one changed: in the cluster this is `pulumi up`. */
export interface Applier {
  /** True when something was read again. Problems are reported once per change; the last good spec stays. */
  tick(): Promise<boolean>;
}

/** Who is told what the files say. */
export interface ApplierEars {
  /** What is wrong with files. */
  problems(texts: readonly string[]): Promise<void>;
  /** All that was read, whenever something changed. */
  read(tenants: LocalTenants): Promise<void>;
}

/** @param directory The tenants' folder. */
export function createApplier(directory: string, objects: Pick<ObjectStore, 'applySpec'>, ears: ApplierEars): Applier {
  let seen: string | null = null;
  return {
    async tick() {
      // Looked at before it is read: what changes in between is read once more, never missed.
      const stamp = listModelFiles(directory)
        .map((file) => `${file}:${stampOf(file)}`)
        .join('\n');
      if (stamp === seen) return false;
      const tenants = readLocalTenants(directory);
      for (const spec of tenants.specs) await objects.applySpec(spec);
      if (tenants.problems.length > 0) await ears.problems(tenants.problems.map(problemText));
      await ears.read(tenants);
      seen = stamp; // only now: what failed is tried again at the next tick
      return true;
    },
  };
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
}
