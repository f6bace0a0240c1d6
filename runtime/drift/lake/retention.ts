import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../errors.ts';
import { hourName, type Lake } from './layout.ts';

/** Event days that the lake keeps predictions and labels: labels of the last published age still find theirs. */
export const LAKE_DAYS = 92;

/** Removes whole hours that end before a time, epoch seconds, of all tables, tenants and models. */
export function removeHoursBefore(lake: Lake, time: number): void {
  const limit = `hour=${hourName(time)}`;
  for (const table of ['predictions', 'labels']) {
    for (const tenant of namesIn(join(lake.root, table))) {
      for (const model of namesIn(join(lake.root, table, tenant))) {
        const folder = join(lake.root, table, tenant, model);
        for (const hour of namesIn(folder)) if (hour < limit) rmSync(join(folder, hour), { recursive: true, force: true });
      }
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
