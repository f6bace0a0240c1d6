import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Registry } from '../../runtime/registry/port.ts';
import { codeId, ensureFeatures } from './cache.ts';
import { loadTrainingData } from './data.ts';
import { MODEL, publish, type Workshop } from './publish.ts';
import { type OnProgress, trainVersion1, trainVersions2And3 } from './versions.ts';

export interface PipelineOptions {
  readonly registry: Registry;
  /** Feature files stay here; the replay reads them. */
  readonly cache: string;
  readonly onProgress: OnProgress;
  readonly now: () => number;
}

/**
 * Features, three versions, their registration. What is already there stays: a finished version is not trained again, and a run that
 * was killed begins with what it had not finished. Seeded, so the same data and code give the same files. One run at a time per cache.
 */
export async function trainFlights({ registry, cache, onProgress, now }: PipelineOptions): Promise<void> {
  onProgress('features', 0);
  const files = await ensureFeatures(cache);
  const missing = new Set<string>();
  for (const version of ['1', '2', '3']) if ((await registry.get(MODEL, version)) === null) missing.add(version);
  if (missing.size === 0) return;
  const scratch = join(cache, 'training');
  rmSync(scratch, { recursive: true, force: true }); // what a killed run left
  mkdirSync(scratch, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '120MB', temp_directory: join(scratch, 'spill') });
  try {
    const connection = await instance.connect();
    onProgress('rows', 0);
    const data = await loadTrainingData(connection, files.training);
    await trainMissing({ registry, connection, files, data, scratch, code: codeId(), now }, missing, onProgress);
    connection.closeSync();
  } finally {
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function trainMissing(workshop: Workshop, missing: ReadonlySet<string>, onProgress: OnProgress): Promise<void> {
  if (missing.has('1')) {
    onProgress('version 1', 0);
    await publish(workshop, trainVersion1(workshop.data));
  }
  if (!missing.has('2') && !missing.has('3')) return;
  for (const trained of trainVersions2And3(workshop.data, onProgress)) {
    if (!missing.has(trained.version)) continue;
    onProgress(`version ${trained.version}`, 0);
    await publish(workshop, trained);
  }
}
