import type { Lake } from '../lake/layout.ts';
import { LAKE_DAYS, removeHoursBefore } from '../lake/retention.ts';
import type { ProfileStore } from '../store/port.ts';
import { DAY, isoOf } from '../windows.ts';

/** Event days that verdicts and reports are kept. */
export const RECORD_DAYS = 90;
/** Event days that cohorts are kept: those of the last published age are a yardstick for three weeks after they matured. */
export const COHORT_DAYS = 112;

/** Removes what is too old, by event time: the folder of a platform that runs for years stays bounded. Doing it twice does nothing more. */
export async function removeOld(store: ProfileStore, lake: Lake, now: number): Promise<void> {
  removeHoursBefore(lake, now - LAKE_DAYS * DAY);
  const limit = isoOf(now - RECORD_DAYS * DAY).slice(0, 10);
  const verdicts = (await store.list('verdicts')).filter((path) => dateOf(path) < limit);
  const reports = (await store.list('reports')).filter((path) => dateOf(path) < limit);
  const cohorts = (await store.list('state/cohorts')).filter((path) => hourOf(path) < now - COHORT_DAYS * DAY);
  await store.remove([...verdicts, ...reports, ...cohorts]);
}

/** `2001-05-01` of `…/2001-05-01T05.json` and of `…/2001-05-01.html`. */
const dateOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).slice(0, 10);

/** Epoch seconds of `…/000983412000.json`. */
const hourOf = (path: string): number => Number(path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.')));
