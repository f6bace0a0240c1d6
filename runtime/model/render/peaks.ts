import type { EffectivePeak } from '../model-file.ts';
import type { Trigger } from './triggers.ts';

/**
 * Known peaks as triggers of KEDA's cron scaler: five fields and a zone, no seconds, no year. Hence its limits:
 * - A date becomes that day and hour of every year: a peak that is over belongs out of the file before it comes round again.
 * - A peak of a year or more cannot be said, and the scaler refuses one that begins and ends at the same minute.
 * Replicas are asked for `leadSeconds` early, since a pod that is asked for at the peak's beginning comes too late; a schedule of more than
 * one time a day, or of single days near midnight, begins as written.
 */
export function peakTriggers(peaks: readonly EffectivePeak[], leadSeconds: number): readonly Trigger[] {
  const lead = Math.ceil(leadSeconds / 60);
  return peaks.map(({ name, from, to, zone, replicas }) => {
    const end = cronOf(to, 0);
    const start = cronOf(from, lead);
    return {
      type: 'cron',
      name: `peak-${name}`,
      metadata: {
        timezone: isTime(from) ? 'UTC' : zone, // a time of the file is UTC by its `Z`
        start: start === end ? cronOf(from, 0) : start,
        end,
        desiredReplicas: String(replicas),
      },
    };
  });
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/;
const isTime = (text: string): boolean => TIME.test(text);

function cronOf(text: string, leadMinutes: number): string {
  if (!isTime(text)) return earlierInDay(text, leadMinutes);
  const time = new Date(Date.parse(text) - leadMinutes * 60_000);
  return `${time.getUTCMinutes()} ${time.getUTCHours()} ${time.getUTCDate()} ${time.getUTCMonth() + 1} *`;
}

const DAY_MINUTES = 24 * 60;

/** Moves a schedule of one time a day back; over midnight only when it is every day. */
function earlierInDay(cron: string, leadMinutes: number): string {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return cron;
  const at = Number(hour) * 60 + Number(minute) - leadMinutes;
  if (at < 0 && days.some((field) => field !== '*')) return cron;
  const moved = (at + DAY_MINUTES) % DAY_MINUTES;
  return [moved % 60, Math.floor(moved / 60), ...days].join(' ');
}
