import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../errors.ts';
import { HOUR } from '../windows.ts';

/**
 * The local lake: Parquet files by tenant, model and hour of the prediction's event time, labels beside the predictions they belong to.
 * A file's name is the offset ranges it was written from, so writing them again writes the same files.
 * `<root>/predictions/tenant=<t>/model=<m>/hour=2001-05-01-05/<ranges>.parquet`
 */
export interface Lake {
  readonly root: string;
}

export type LakeTable = 'predictions' | 'labels';

export function hourFolder(lake: Lake, table: LakeTable, tenant: string, model: string, hour: number): string {
  return join(lake.root, table, `tenant=${tenant}`, `model=${model}`, `hour=${hourName(hour)}`);
}

/** `2001-05-01-05` for epoch seconds: no colon, which some file systems refuse. */
export function hourName(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 13).replace('T', '-');
}

/** Files of the hours from `from` to `to` (epoch seconds, both included) that exist. */
export function filesOfHours(lake: Lake, table: LakeTable, of: { tenant: string; model: string }, from: number, to: number): readonly string[] {
  const files: string[] = [];
  for (let hour = from; hour <= to; hour += HOUR) files.push(...parquetIn(hourFolder(lake, table, of.tenant, of.model, hour)));
  return files;
}

function parquetIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.parquet'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Epoch seconds of `2001-05-01-05`. */
export function hourOf(name: string): number {
  return Date.parse(`${name.slice(0, 10)}T${name.slice(11)}:00:00Z`) / 1000;
}
