import { expect, test } from 'vitest';
import { judge } from '../../runtime/drift/judge.ts';
import { type History, NO_HISTORY } from '../../runtime/drift/judge-types.ts';
import { barsOf } from '../../runtime/drift/report/bars.ts';
import type { ReportData } from '../../runtime/drift/report/data.ts';
import { embedJson, escapeHtml } from '../../runtime/drift/report/escape.ts';
import { renderReport } from '../../runtime/drift/report/html.ts';
import { reportJson } from '../../runtime/drift/report/json.ts';
import { reportText } from '../../runtime/drift/report/text.ts';
import type { AlarmRecord } from '../../runtime/drift/responder/decide.ts';
import { type WindowRecord, windowRecord } from '../../runtime/drift/service/records.ts';
import type { Reference } from '../../runtime/drift/types.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import { categorical, flightsReference, healthy, judgeInput, kilometres, MAY, SPEC, windowCounts } from './fixture.ts';

const EVIL = `</script><script>alert("x")</script><img src=x onerror='alert(1)'>`;

function dataOf(reference: Reference, hours: readonly (typeof healthy)[], spec = SPEC): ReportData {
  let history: History = NO_HISTORY;
  const records: WindowRecord[] = [];
  const alarms: AlarmRecord[] = [];
  for (const [index, draw] of hours.entries()) {
    const start = MAY + index * HOUR;
    const input = judgeInput(reference, start, [windowCounts(reference, { start, seconds: HOUR }, 650, draw)], { history, spec });
    const result = judge(input);
    history = result.history;
    records.push(windowRecord(input, result));
    for (const { id, feature, kind, to, openedAt, parent } of result.transitions) {
      const evaluation = { basis: 'matured', conclusion: 'none shown', final: true, auc: 0.701, yardstick: 0.706, against: 'reference' } as const;
      const text = 'none shown: AUC 0.701 against 0.706 on 16,204 matured labels (acts from 0.010)';
      alarms.push({
        kind: 'weir.drift/Alarm',
        v: 1,
        id,
        tenant: 'flights',
        model: 'eta',
        version: '7',
        feature,
        about: kind,
        state: to,
        openedAt,
        parent,
        closedAt: null,
        evaluation: { ...evaluation, labelled: 16_204, drop: 0.005, text },
        done: ['critical', 'harmless'],
      });
    }
  }
  return { tenant: 'flights', model: 'eta', version: '7', date: '2001-05-01', reference, records, alarms, realised: [], maturation: [] };
}

const critical = dataOf(flightsReference(), [healthy, kilometres, kilometres]);

test('the text answers first: how many are critical, which, how large, harm, what was done', () => {
  const text = reportText(critical, { owner: '#ml-eta', url: 'http://127.0.0.1:1/reports/eta' });
  const lines = text.split('\n');
  expect(lines[0]).toMatch(/^eta 7 {3}1 critical, 1 ok +reference: file:flights, 96,000 rows$/);
  expect(text).toMatch(/ distance +CRITICAL since 02:00 {2}PSI \d\.\d\d \(\d\.\d\d to \d\.\d\d\) .* looks like a change of unit: x 1\.609/);
  expect(text).toContain('harm       none shown: AUC 0.701 against 0.706 on 16,204 matured labels (acts from 0.010)');
  expect(text).toContain('done       told #ml-eta;  not rolled back, nobody paged: no harm');
  expect(text).toContain('open distance: http://127.0.0.1:1/reports/eta#distance');
  expect(reportJson(critical, '#ml-eta')).toMatchObject({ summary: '1 critical, 1 ok', harm: { conclusion: 'none shown' } });
});

test('a quiet day says so in one line and needs no scrolling', () => {
  const text = reportText(dataOf(flightsReference(), [healthy]), { owner: '#ml-eta', url: null });
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(text).toContain('2 ok');
  expect(text).toContain('done       nothing: no alarm is open');
});

test('marks of the model file stand beside the figures that were judged by them; the platform’s own are not repeated', () => {
  const drift = { ...SPEC.drift, features: { distance: { warn: 0.05, critical: 0.2 } } };
  const data = dataOf(flightsReference(), [healthy, kilometres, kilometres], { ...SPEC, drift });
  const options = { owner: null, url: null };
  expect(reportText(data, options)).toMatch(/ distance +CRITICAL .* PSI \d\.\d\d \(.*?\); warns above 0\.05, critical above 0\.2 /);
  expect(reportText(critical, options)).not.toContain('warns above');
  expect(renderReport(data)).toContain('critical 0.2</text>');
  expect(renderReport(data)).toContain('slot 02wd; warns above 0.05, critical above 0.2');
  expect(renderReport(critical)).toContain('slot 02wd; warns above 0.1, critical above 0.25');
});

test('records from before there was a choice are read by the marks of that time', () => {
  const records = critical.records.map((record) => ({
    ...record,
    verdicts: record.verdicts.map(({ thresholds, ...verdict }) => (thresholds === undefined ? verdict : verdict)),
  }));
  expect(renderReport({ ...critical, records })).toContain('warns above 0.1, critical above 0.25');
});

test('an alarm that nobody was told of is said to be recorded', () => {
  const alarms = critical.alarms.map((alarm) => ({ ...alarm, state: 'warn' as const, evaluation: null, done: [] }));
  expect(reportText({ ...critical, alarms }, { owner: '#ml-eta', url: null })).toContain('done       recorded, nobody told');
});

test('a zone that the reference was not built in is told above the rest', () => {
  const drift = { ...SPEC.drift, zone: 'Europe/Berlin' };
  const data = dataOf(flightsReference(), [healthy], { ...SPEC, drift });
  const told = 'windows are compared by hours of UTC, as the reference of this version was built; the model file says Europe/Berlin';
  expect(reportText(data, { owner: null, url: null })).toContain(told);
  expect(renderReport(data)).toContain(told);
});

test('the HTML is one file that loads nothing, carries the verdicts, and stays under 2 MB', () => {
  const html = renderReport(critical);
  expect(html.length).toBeLessThan(2_000_000);
  expect(html).not.toMatch(/(src|href)="(?!#)/);
  expect(html.match(/<script/g)).toHaveLength(1);
  const embedded = /<script type="application\/json" id="verdicts">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(JSON.parse(embedded)).toMatchObject([{ feature: 'distance', level: 'critical' }, { feature: 'origin' }]);
  expect(html).toContain('prefers-color-scheme:dark');
});

test('a category that is markup stays text everywhere', () => {
  const base = flightsReference();
  const origin = {
    ...categorical(
      'origin',
      Array.from({ length: 96_000 }, (_, row) => (row % 2 === 0 ? EVIL : 'ATL')),
    ),
    name: `origin"${EVIL}`,
  };
  const reference: Reference = { ...base, features: base.features.map((feature) => (feature.kind === 'categorical' ? origin : feature)) };
  const html = renderReport(dataOf(reference, [healthy, healthy]));
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<script>');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(escapeHtml(EVIL)).not.toMatch(/[<>"']/);
  expect(JSON.parse(embedJson({ EVIL }))).toEqual({ EVIL });
});

test('bars are shares of rows, and their parts of the PSI sum to one', () => {
  const [record] = critical.records.slice(-1);
  const [feature] = critical.reference.features;
  const used = record?.used.distance;
  if (feature === undefined || used === undefined) throw new Error('no record');
  const bars = barsOf(feature, used);
  const sum = (of: (bar: (typeof bars)[number]) => number): number => bars.reduce((total, bar) => total + of(bar), 0);
  expect(sum(({ reference }) => reference)).toBeCloseTo(1, 9);
  expect(sum(({ current }) => current)).toBeCloseTo(1, 9);
  expect(sum(({ share }) => share)).toBeCloseTo(1, 9);
});
