// One of several that create the same actions and write the same status at once; tells which it won.
import { parentPort, workerData } from 'node:worker_threads';
import { createFilesObjectStore } from '../../runtime/objects/files.ts';
import { Conflict } from '../../runtime/objects/port.ts';
import { actionOf, statusOf } from './support.ts';

const { folder, names, rounds }: { folder: string; names: string[]; rounds: number } = workerData;
const problems: string[] = [];
const store = createFilesObjectStore(folder, { now: Date.now, newId: () => 'uid', report: ({ message }) => problems.push(message) });
const won: string[] = [];
for (const name of names) {
  if (await store.createAction(actionOf(name, 'acme/eta', 'Pause'))) won.push(name);
  await store.actions('acme/eta'); // reads while the others create: half a file would be a problem
}
let written = 0;
while (written < rounds) {
  const model = await store.model('acme/eta');
  if (model === null) throw new Error('the model is there from the beginning');
  const counted = { ...(model.status ?? statusOf('Stable')), nextAttempt: (model.status?.nextAttempt ?? 0) + 1 };
  try {
    await store.writeStatus('acme/eta', model.resourceVersion, counted);
    written += 1;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
parentPort?.postMessage({ won, problems }, []);
