import { statSync } from 'node:fs';
import { problemText } from '../model/read-problem.ts';
import type { ReadTenants } from '../model/read-tenants.ts';
import type { ObjectStore } from '../objects/port.ts';

/** Applies the tenants' files to the object store whenever one changed: in the cluster this is `pulumi up`. */
export interface Applier {
  /** True when something was read again. Problems are reported once per change; the last good spec stays. */
  tick(): Promise<boolean>;
}

export function createApplier(read: () => ReadTenants, objects: ObjectStore, report: (problems: readonly string[]) => Promise<void>): Applier {
  let seen = '';
  return {
    async tick() {
      const { specs, problems, files } = read();
      const stamp = files.map((file) => `${file}:${stampOf(file)}`).join('\n');
      if (stamp === seen) return false;
      for (const spec of specs) await objects.applySpec(spec);
      if (problems.length > 0) await report(problems.map(problemText));
      seen = stamp; // only now: what failed is tried again at the next tick
      return true;
    },
  };
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
}
