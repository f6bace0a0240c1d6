/** One field of a cron schedule: its range, and the words that stand for numbers. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** As the scheduler of Argo, Kubernetes and KEDA reads them (robfig/cron 3): Sunday is 0, never 7. */
const FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'day of week', min: 0, max: 6, words: DAYS },
];
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule of five fields, in words; null when it is right. */
export function cronProblem(schedule: string): string | null {
  const parts = schedule.split(' ');
  const sets = FIELDS.map((field, index) => valuesOf(parts[index] ?? '', field));
  const wrong = sets.find((set) => typeof set === 'string');
  if (typeof wrong === 'string') return wrong;
  const [, , days, months] = sets;
  if (!Array.isArray(days) || !Array.isArray(months)) return null;
  const comes = months.some((month: number) => days.some((day: number) => day <= (LONGEST[month - 1] ?? 0)));
  return comes || parts[4] !== '*' ? null : 'that day never comes';
}

/** The numbers that a field stands for, or what is wrong with it. */
function valuesOf(text: string, field: CronField): readonly number[] | string {
  const values: number[] = [];
  for (const item of text.split(',')) {
    const found = itemOf(item, field);
    if (typeof found === 'string') return found;
    values.push(...found);
  }
  return values;
}

function itemOf(item: string, field: CronField): readonly number[] | string {
  const match = /^(?:(\*)|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:\/(\d{1,3}))?$/.exec(item);
  if (match === null) return `"${item}" is no ${field.name}`;
  const [, all, low, high, step] = match;
  const first = all === undefined ? numberOf(low ?? '', field) : field.min;
  const last = all !== undefined || (high === undefined && step !== undefined) ? field.max : numberOf(high ?? low ?? '', field);
  if (first === null || last === null) return `"${item}" is no ${field.name} (${field.min} to ${field.max})`;
  if (first > last) return `${field.name} "${item}" runs backwards`;
  if (step !== undefined && Number(step) === 0) return `${field.name} "${item}" steps by 0`;
  const by = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

function numberOf(text: string, { min, max, words }: CronField): number | null {
  const word = words.indexOf(text.toLowerCase());
  const value = word >= 0 ? word + min : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/** Whether a schedule is one; else it is a date. Both have passed the schema. */
export const isCron = (text: string): boolean => text.includes(' ');

/** Milliseconds since 1970 of `2026-11-27T06:00Z`; null when that day or hour is none, such as 30 February. */
export function timeOf(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})Z$/.exec(text);
  const [year, month, day, hour, minute] = (match ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute);
  return new Date(time).toISOString().startsWith(text.slice(0, -1)) ? time : null;
}

/** The names of the time zone database that this machine knows. */
export const knownZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Whether a time zone is one, written as the database writes it: servers mind capitals. */
export function isZone(zone: string): boolean {
  if (zone === 'UTC') return true; // most are, and asking takes half a millisecond
  if (!isAccepted(zone)) return false;
  const folded = zone.toLowerCase();
  return !knownZones().some((known) => known !== zone && known.toLowerCase() === folded);
}

function isAccepted(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // RangeError: no such zone
  }
}
