import { randomUUID } from 'node:crypto';
import type { StateFolder } from '../runtime/local/state-folder.ts';
import { createFilesObjectStore } from '../runtime/objects/files.ts';
import type { ObjectStore } from '../runtime/objects/port.ts';
import type { Context } from './context.ts';

/** Models and actions of a state folder, read and written beside a running platform. A file that cannot be read is told, not hidden. */
export function openObjects(folder: StateFolder, { now, note }: Pick<Context, 'now' | 'note'>): ObjectStore {
  return createFilesObjectStore(folder.objects, { now, newId: randomUUID, report: (problem) => note(problem.message) });
}
