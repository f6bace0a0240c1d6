import { describe, expect, test } from 'vitest';
import { PSI } from '../../../components/observability/dashboards/limits.ts';
import { THRESHOLDS } from '../../../runtime/drift/policy/level.ts';
import { ALERTS, GROUPS } from '../example.ts';
import { metricOf, seriesOf } from '../metric-names.ts';
import { BOARDS, isRow, panelsOf, queriesOf, written, writtenPanels } from './example.ts';
import { variablesIn } from './promql-words.ts';

const NAMES = BOARDS.map((board) => [board.title, board] as const);
const RECORDED = new Set(GROUPS.flatMap(({ recordings }) => recordings.map(({ record }) => record)));

test('there is a board for each thing that somebody on call asks about, each with an address of its own', () => {
  expect(BOARDS.map(({ uid }) => uid)).toEqual(
    ['platform', 'gateway', 'model', 'rollout', 'drift', 'features', 'training', 'cost'].map((what) => `weir-${what}`),
  );
  expect(new Set(BOARDS.map(({ title }) => title)).size).toBe(BOARDS.length);
});

test('marks of drift are those that verdicts use where a model file has none', () => {
  expect(PSI.map(({ at }) => at)).toEqual([THRESHOLDS.warn, THRESHOLDS.critical]);
});

describe.each(NAMES)('%s', (_, board) => {
  const dashboard = written(board);

  test('every panel says what it shows: a title, a question, how to read it, a unit and a name for each line', () => {
    for (const panel of panelsOf(board)) {
      expect(panel.title).toMatch(/^\S.{2,60}$/);
      expect(panel.question).toMatch(/^[A-Z].*\?$/);
      expect(panel.reading).toMatch(/^\S.{20,}\.$/);
      expect(panel.queries.length).toBeGreaterThan(0);
      for (const { legend } of panel.queries) expect(legend).not.toBe('');
    }
    for (const panel of writtenPanels(dashboard)) {
      expect(panel.description).toMatch(/\? .*\.$/);
      expect(panel.fieldConfig?.defaults.unit).toMatch(/./);
    }
  });

  test('titles of panels are told apart, so that a link or a runbook can name one', () => {
    const titles = panelsOf(board).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('no two panels lie over each other, and none leaves the grid of 24 columns', () => {
    const taken = new Map<string, string>();
    for (const { title = '', gridPos } of dashboard.panels ?? []) {
      const { x = 0, y = 0, w = 0, h = 0 } = gridPos ?? {};
      expect([title, x >= 0 && w > 0 && h > 0 && x + w <= 24]).toEqual([title, true]);
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          expect([title, taken.get(`${column}/${line}`)]).toEqual([title, undefined]);
          taken.set(`${column}/${line}`, title);
        }
      }
    }
  });

  test('ids of panels are told apart', () => {
    const ids = (dashboard.panels ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the first row begins with what must be acted on, and ends with what Weir did', () => {
    const [first] = board.rows;
    expect(first.panels.slice(0, 2).map(({ title }) => title)).toEqual(['Pages', 'Warnings']);
    expect(first.panels.filter(({ shape }) => shape === 'stat')).toHaveLength(6);
    expect(first.panels.some(({ question }) => question === 'What is wrong, and since when?')).toBe(true);
    expect(first.panels.at(-1)?.question).toMatch(/^What did .*(Weir|gateway|platform).*\?$/);
    expect((dashboard.panels ?? []).slice(0, 1).every(isRow)).toBe(true);
  });

  test('every variable that it uses is defined, and every one that it defines is used', () => {
    const defined = (dashboard.templating.list ?? []).map(({ name }) => name);
    const own = new Set(['__rate_interval', '__range', '__data', '__url_time_range', '__all']);
    const used = new Set(variablesIn(JSON.stringify(dashboard)).filter((name) => !own.has(name)));
    expect([...used].filter((name) => !defined.includes(name))).toEqual([]);
    expect(defined.filter((name) => !used.has(name))).toEqual([]);
  });

  test('every metric that it asks for is emitted by somebody who is named, or calculated by a rule', () => {
    const unknown = queriesOf(board).flatMap(({ at, expr }) =>
      seriesOf(expr)
        .filter((name) => metricOf(name) === undefined && !RECORDED.has(name))
        .map((name) => `${at}: ${name}`),
    );
    expect(unknown).toEqual([]);
    expect(queriesOf(board).filter(({ expr }) => seriesOf(expr).length === 0)).toEqual([]); // else nothing was checked
  });

  test('alerts that it names exist', () => {
    const named = queriesOf(board).flatMap(({ expr }) => [...expr.matchAll(/alertname=~"([^"]+)"/g)].flatMap(([, names = '']) => names.split('|')));
    expect(named.filter((name) => !ALERTS.some(({ alert }) => alert === name))).toEqual([]);
  });

  test('a row of a table leads to a board that has the variables it gives', () => {
    for (const panel of panelsOf(board)) {
      if (panel.shape !== 'table' || panel.leadsTo === undefined) continue;
      const { uid, variables } = panel.leadsTo;
      expect(BOARDS.find((other) => other.uid === uid)?.variables).toEqual(expect.arrayContaining([...variables]));
      expect(panel.columns).toEqual(expect.arrayContaining([...variables]));
    }
  });

  test('nobody edits it in Grafana by accident, and every other one is a click away, with the same time and model', () => {
    expect(dashboard.editable).toBe(false);
    expect(dashboard.links).toMatchObject([{ type: 'dashboards', tags: ['weir'], includeVars: true, keepTime: true }]);
    expect(dashboard.tags).toEqual(['weir']);
  });
});
