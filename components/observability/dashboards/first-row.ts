import { WATCHDOG } from '../rules/platform.ts';
import type { Happening, PanelSpec, Row, Stat, Table } from './board.ts';
import { ANY_IS_BAD, ANY_WARNS } from './limits.ts';
import { orZero } from './promql.ts';

/** Which alerts a board is about: all, those of the chosen model, or some by name. */
export type Watched = { readonly kind: 'all' } | { readonly kind: 'model' } | { readonly kind: 'alerts'; readonly names: readonly string[] };

/**
 * What every board begins with: is anything wrong, since when, what did Weir do, must I act.
 * @param numbers Four numbers of the board's own: the state of what it is about.
 * @param done What Weir has done by itself.
 */
export function firstRow(watched: Watched, numbers: readonly [Stat, Stat, Stat, Stat], done: PanelSpec): Row {
  return { title: 'In one look', panels: [pages(watched), warnings(watched), ...numbers, firing(watched), { ...done, width: 12 }] };
}

/** A line wherever an alert begins to fire. */
export function alertsBegin(watched: Watched): Happening {
  const now = `ALERTS{${matchers(watched, 'alertstate="firing"')}}`;
  return { name: 'Alerts', expr: `${now} unless ${now} offset 1m`, title: '{{alertname}} ({{severity}})', means: 'bad' };
}

function pages(watched: Watched): Stat {
  return {
    shape: 'stat',
    title: 'Pages',
    question: 'Must I act now?',
    reading: 'Alerts that call somebody, firing now. 0: nothing to do tonight.',
    unit: 'none',
    queries: [{ expr: orZero(`count(ALERTS{${matchers(watched, 'alertstate="firing"', 'severity="page"')}})`), legend: 'pages' }],
    limits: ANY_IS_BAD,
  };
}

function warnings(watched: Watched): Stat {
  return {
    shape: 'stat',
    title: 'Warnings',
    question: 'Is anything wrong that can wait?',
    reading: 'Alerts that go to a channel, firing now: for the next working day.',
    unit: 'none',
    queries: [{ expr: orZero(`count(ALERTS{${matchers(watched, 'alertstate="firing"', 'severity="warn"')}})`), legend: 'warnings' }],
    limits: ANY_WARNS,
  };
}

function firing(watched: Watched): Table {
  const since = `ALERTS_FOR_STATE{${matchers(watched)}} and ignoring (alertstate) ALERTS{${matchers(watched, 'alertstate="firing"')}}`;
  return {
    shape: 'table',
    title: 'What is wrong, and since when',
    question: 'What is wrong, and since when?',
    reading: 'Every firing alert, with the time since its condition began. Each has a page in docs/runbooks; the message that was sent links it.',
    unit: 'dateTimeFromNow',
    queries: [{ expr: `(${since}) * 1000`, legend: 'since' }],
    columns: ['alertname', 'severity', 'tenant', 'model', 'namespace'],
    empty: 'nothing is firing',
  };
}

function matchers(watched: Watched, ...more: readonly string[]): string {
  return [...ofWatched(watched), ...more].join(', ');
}

function ofWatched(watched: Watched): readonly string[] {
  if (watched.kind === 'all') return [`alertname!="${WATCHDOG}"`]; // it always fires: its silence is the alarm
  return watched.kind === 'model' ? ['tenant="$tenant"', 'model="$model"'] : [`alertname=~"${watched.names.join('|')}"`];
}
