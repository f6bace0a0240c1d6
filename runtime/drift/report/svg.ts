import type { Bar } from './bars.ts';
import { escapeHtml } from './escape.ts';

/** Charts as inline SVG without scripts: they take their colours from the page, so that they work light and dark. */

const WIDTH = 640;

/** Reference (outlined) against current (filled), one pair per bin; the bin that holds most of the PSI is marked. */
export function barChart(bars: readonly Bar[]): string {
  const height = 150;
  const most = Math.max(1e-9, ...bars.flatMap(({ reference, current }) => [reference, current]));
  const worst = Math.max(0, ...bars.map(({ share }) => share));
  const step = WIDTH / Math.max(1, bars.length);
  const parts = bars.map(({ bin, reference, current, share }, index) => {
    const x = index * step;
    const bar = (value: number, at: number, name: string): string => {
      const tall = (value / most) * (height - 20);
      return `<rect class="${name}" x="${round(x + at)}" y="${round(height - tall)}" width="${round(step * 0.4)}" height="${round(tall)}"/>`;
    };
    const title = `${bin}: reference ${share3(reference)}, current ${share3(current)}, ${share3(share)} of the PSI`;
    const mark = share === worst && worst > 0 ? `<text x="${round(x + step / 2)}" y="12" text-anchor="middle">&#9660;</text>` : '';
    return `<g><title>${escapeHtml(title)}</title>${bar(reference, step * 0.06, 'ref')}${bar(current, step * 0.5, 'cur')}${mark}</g>`;
  });
  return svg(height, 'reference against current, by bin', parts.join(''));
}

export interface Point {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  /** A class of the page's style. */
  readonly name: string;
  readonly points: readonly Point[];
}

/** Lines over time with intervals, and level lines. Values are clamped to the range. */
export function lineChart(series: readonly Series[], marks: readonly { readonly value: number; readonly label: string }[], label: string): string {
  const height = 120;
  const points = series.flatMap(({ points: all }) => all);
  if (points.length === 0) return '<p class="none">nothing yet</p>';
  const [from, to] = [Math.min(...points.map(({ at }) => at)), Math.max(...points.map(({ at }) => at))];
  const values = [...points.map(({ value }) => value), ...marks.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || 1) * 0.1;
  const x = (at: number): number => round(20 + ((WIDTH - 40) * (at - from)) / Math.max(1, to - from));
  const y = (value: number): number =>
    round(height - 8 - ((height - 16) * (Math.min(high + pad, Math.max(low - pad, value)) - low + pad)) / (high - low + 2 * pad));
  const lines = marks.map(
    ({ value, label: text }) =>
      `<line class="mark" x1="0" x2="${WIDTH}" y1="${y(value)}" y2="${y(value)}"/><text x="2" y="${y(value) - 2}">${escapeHtml(text)}</text>`,
  );
  const drawn = series.map(({ name, points: own }) => {
    const path = own.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
    const whiskers = own.flatMap(({ at, low: bottom, high: top }) =>
      bottom === undefined || top === undefined ? [] : [`M${x(at)} ${y(bottom)}V${y(top)}`],
    );
    const dots = own.map(
      ({ at, value }) =>
        `<circle class="${name}" cx="${x(at)}" cy="${y(value)}" r="2"><title>${escapeHtml(`${new Date(at).toISOString().slice(0, 16)}Z ${value.toPrecision(3)}`)}</title></circle>`,
    );
    return `<path class="${name}" d="${path}"/><path class="${name} ci" d="${whiskers.join('')}"/>${dots.join('')}`;
  });
  return svg(height, label, [...lines, ...drawn].join(''));
}

function svg(height: number, label: string, inner: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(label)}">${inner}</svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const share3 = (value: number): string => `${Number((100 * value).toPrecision(3))} %`;
