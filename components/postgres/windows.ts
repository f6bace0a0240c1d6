/** When RDS may do what is felt, in UTC. */
export interface Windows {
  /** Daily, such as `02:00-03:00`: when the backup starts. */
  readonly backupWindow: string;
  /** Weekly, such as `sun:03:30-sun:04:30`: when minor upgrades may happen. */
  readonly maintenanceWindow: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
/** RDS refuses shorter ones. */
const LEAST_MINUTES = 30;

/** What RDS refuses, and of which window. */
export interface WindowsProblem {
  readonly window: keyof Windows;
  readonly problem: string;
}

/** Why RDS would refuse these windows; null when it takes them. */
export function windowsProblem({ backupWindow, maintenanceWindow }: Windows): WindowsProblem | null {
  const [from = 0, to = 0] = backupWindow.split('-').map(minutes);
  const [start = 0, end = 0] = maintenanceWindow.split('-').map(minutes);
  const daily = { start: from, length: span(from, to, DAY) };
  const of = (problem: string): WindowsProblem => ({ window: 'maintenanceWindow', problem });
  const weekly = { start, length: span(start, end, WEEK) };
  if (daily.length < LEAST_MINUTES)
    return { window: 'backupWindow', problem: `"${backupWindow}" is shorter than the ${LEAST_MINUTES} minutes that RDS asks for` };
  if (weekly.length < LEAST_MINUTES) return of(`"${maintenanceWindow}" is shorter than the ${LEAST_MINUTES} minutes that RDS asks for`);
  if (weekly.length > DAY) return of(`"${maintenanceWindow}" is longer than a day`);
  const meets = DAYS.some((_, day) => overlap({ ...daily, start: daily.start + day * DAY }, weekly));
  return meets ? of(`"${maintenanceWindow}" overlaps the daily backup, ${backupWindow}`) : null;
}

/** Minutes since the week began, or since midnight where no day is named. */
function minutes(text: string): number {
  const parts = text.split(':');
  const [hour = 0, minute = 0] = parts.slice(-2).map(Number);
  const day = parts.length === 3 ? DAYS.indexOf(parts[0] ?? '') : 0;
  return day * DAY + hour * 60 + minute;
}

/** From one minute to another, which may lie in the next round. */
const span = (from: number, to: number, round: number): number => (to - from + round) % round;

interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** On a week that ends where it begins. */
function overlap(one: Stretch, other: Stretch): boolean {
  return span(one.start, other.start, WEEK) < one.length || span(other.start, one.start, WEEK) < other.length;
}
