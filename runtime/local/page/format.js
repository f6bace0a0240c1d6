const pad = (number) => String(number).padStart(2, '0');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Wall time on the reader's clock: `14:02:11`. */
export function clock(ms) {
  const date = new Date(ms);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** The same instant in UTC, for a tooltip: `2026-11-21 13:02:11 UTC`. */
export const utc = (ms) => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The data's own clock, always UTC, since the data lives in no reader's time zone: `1 May 2001 05:00`. */
export const dataTime = (ms) => `${dataDay(ms)} ${new Date(ms).getUTCFullYear()} ${dataHour(ms)}`;
export const dataDay = (ms) => `${new Date(ms).getUTCDate()} ${MONTHS[new Date(ms).getUTCMonth()]}`;
export const dataHour = (ms) => `${pad(new Date(ms).getUTCHours())}:${pad(new Date(ms).getUTCMinutes())}`;

export const whole = (number) => Math.round(number).toLocaleString('en-US');

/** A share as per cent with as many digits as it needs: `0.03 %`, `4.8 %`, `25 %`. */
export function percent(share) {
  const value = share * 100;
  const digits = value === 0 || Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return `${Number(value.toFixed(digits))} %`;
}

/** Three significant digits; above a million the figure says nothing that the words do not. */
export function short(number) {
  if (!Number.isFinite(number)) return number > 0 ? 'over a million' : '0';
  if (number >= 1e6) return 'over a million';
  if (Math.abs(number) >= 100) return whole(number);
  return String(Number(number.toPrecision(number !== 0 && Math.abs(number) < 0.01 ? 1 : 3)));
}

export const milliseconds = (value) => (value === null ? 'none' : value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);

/** How long ago in the largest whole unit: `38 s`, `4 min`, `3 h`. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export const shortDigest = (digest) => `${digest.replace(/^sha256:/, '').slice(0, 8)}…`;
