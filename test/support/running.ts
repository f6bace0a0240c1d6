import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gapFreePath } from '../../runtime/drift/profile/path.ts';
import type { ProfileStore } from '../../runtime/drift/store/port.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { writeWhole } from '../../runtime/files.ts';
import type { StateFolder } from '../../runtime/local/state-folder.ts';
import { setVersion } from '../../runtime/model/edit.ts';
import { type PredictionEvent, predictionTopic } from '../../runtime/telemetry/events.ts';

const TOPIC = predictionTopic('flights');

/** A rollout without shadow: what version 3's file says, so that it meets callers. */
export const WITHOUT_SHADOW = { preset: 'local', steps: [{ weight: 5 }, { weight: 25 }, { weight: 50 }] };

/** Edits the example's model file, as a tenant would. */
export function applyVersion(folder: StateFolder, version: string, rollout: Parameters<typeof setVersion>[2]): void {
  const file = join(folder.tenants, 'flights', 'models', 'eta.yaml');
  writeWhole(file, setVersion(readFileSync(file, 'utf8'), version, rollout));
}

export interface Logged {
  readonly partition: number;
  readonly offset: number;
  readonly event: PredictionEvent;
}

/** Every prediction event of the log, read from its segment files. */
export async function logged(folder: StateFolder): Promise<readonly Logged[]> {
  const log = openReader(folder.log);
  const partitions = (await log.topics()).find(({ topic }) => topic === TOPIC)?.partitions ?? 0;
  const all: Logged[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    for (let from = 0; ; ) {
      const records = await log.read(TOPIC, partition, from, { maxRecords: 5_000 });
      for (const { offset, value } of records) {
        const event: PredictionEvent = JSON.parse(value.toString());
        all.push({ partition, offset, event });
      }
      const last = records.at(-1);
      if (last === undefined) break;
      from = last.offset + 1;
    }
  }
  return all;
}

/** What the collector's profile files hold: offsets covered once each, and the sum of their rows' counts. */
export async function profiled(store: ProfileStore, folder: StateFolder): Promise<{ readonly offsets: number; readonly rows: number }> {
  const log = openReader(folder.log);
  const partitions = (await log.topics()).find(({ topic }) => topic === TOPIC)?.partitions ?? 0;
  let [offsets, rows] = [0, 0];
  for (let partition = 0; partition < partitions; partition += 1) {
    const { files } = gapFreePath(await store.listRaw(TOPIC, partition), 0);
    for (const { name, first, last } of files) {
      offsets += last - first + 1;
      const profile = await store.getRaw(name);
      rows += profile.rows.reduce((sum, row) => sum + row.n, 0) + profile.decodeErrors + profile.unreferenced;
    }
  }
  return { offsets, rows };
}
