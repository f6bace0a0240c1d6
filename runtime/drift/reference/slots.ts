import { zoneName } from './zone.ts';

/** Slots of the week that a reference counts apart: 48 hour slots (hour x weekday or weekend) and 7 days. */
export interface SlotNames {
  /** `00wd` … `23we`. */
  readonly hour: string;
  /** `mon` … `sun`. */
  readonly day: string;
}

const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export const HOUR_SLOTS: readonly string[] = ['wd', 'we'].flatMap((kind) => Array.from({ length: 24 }, (_, hour) => hourSlot(hour, kind)));
export const DAY_SLOTS: readonly string[] = [...DAYS.slice(1), 'sun'];

/**
 * The slots of an instant (epoch seconds) by the clock of a zone, an IANA name or `UTC`. Windows are whole hours of UTC: in a zone that is half
 * an hour off, a window belongs to the hour it begins in, here as in the reference. When clocks go back, two windows have the same slot. Make
 * it once and keep it: a zone's formatter is slow to build. Throws RangeError for an unknown zone.
 */
export function slotClock(zone: string): (epochSeconds: number) => SlotNames {
  if (zoneName(zone) === 'UTC') {
    return (epochSeconds) => {
      const time = new Date(epochSeconds * 1000);
      return namesOf(time.getUTCHours(), time.getUTCDay());
    };
  }
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
  return (epochSeconds) => {
    const parts = new Map(format.formatToParts(new Date(epochSeconds * 1000)).map(({ type, value }) => [type, value]));
    const day = DAYS.indexOf((parts.get('weekday') ?? '').toLowerCase());
    return namesOf(Number(parts.get('hour')), day);
  };
}

function namesOf(hour: number, day: number): SlotNames {
  return { hour: hourSlot(hour, day === 0 || day === 6 ? 'we' : 'wd'), day: DAYS[day] ?? 'sun' };
}

function hourSlot(hour: number, kind: string): string {
  return `${String(hour).padStart(2, '0')}${kind}`;
}
