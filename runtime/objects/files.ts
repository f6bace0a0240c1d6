import { join } from 'node:path';
import type { ArgsError } from '../errors.ts';
import { ActionFiles } from './actions.ts';
import { ModelFiles } from './models.ts';
import type { ObjectStore } from './port.ts';

export interface FilesObjectStoreOptions {
  /** Wall time, milliseconds since 1970: when actions were created. */
  readonly now: () => number;
  /** A new uid for each action. */
  readonly newId: () => string;
  /** Told once of each file that cannot be read while others are listed: the object is left out until the file is mended. */
  readonly report: (problem: ArgsError) => void;
}

/**
 * Models and ModelActions as files: `models/<tenant>/<name>/<resourceVersion>.json`, `actions/<name>.json`, `actions/<name>.answer.json`.
 * Takes no lock: the command line may create an action while the platform runs, and of any two writers of one thing, in whatever
 * process, one wins and the other one is told. Every file appears whole. No fsync: kill -9 loses nothing, a loss of power may lose the last writes.
 * Methods reject with ArgsError for names that are no DNS labels and for a file that cannot be read.
 */
export function createFilesObjectStore(root: string, options: FilesObjectStoreOptions): ObjectStore {
  const report = oncePerProblem(options.report);
  const models = new ModelFiles(join(root, 'models'), report);
  const actions = new ActionFiles(join(root, 'actions'), report);
  return {
    models: async () => models.list(),
    model: async (key) => models.get(key),
    applySpec: async (spec) => models.applySpec(spec),
    deleteModel: async (key) => models.delete(key),
    writeStatus: async (key, resourceVersion, status) => models.writeStatus(key, resourceVersion, status),
    actions: async (key) => actions.list(key),
    createAction: async ({ name, spec }) => actions.create({ name, uid: options.newId(), createdAt: new Date(options.now()).toISOString(), spec }),
    answerAction: async (name, status) => actions.answer(name, status),
  };
}

/** Listing happens every tick; the same sentence about the same file is said once. */
function oncePerProblem(report: (problem: ArgsError) => void): (problem: ArgsError) => void {
  const said = new Set<string>();
  return (problem) => {
    if (said.has(problem.message)) return;
    said.add(problem.message);
    report(problem);
  };
}
