import type { DriftThresholds } from '../../model/types.ts';
import { thousands } from '../evaluate.ts';
import { THRESHOLDS } from '../policy/level.ts';
import { driftWords, marksText } from '../responder/words.ts';
import type { Performance } from '../types.ts';
import { isoOf } from '../windows.ts';
import { barsOf } from './bars.ts';
import { doneOf, type FeatureLine, featureLines, openAlarms, type ReportData, summaryOf } from './data.ts';
import { embedJson, escapeHtml } from './escape.ts';
import { unitHint } from './hint.ts';
import { STYLE } from './style.ts';
import { barChart, lineChart, type Point } from './svg.ts';

/**
 * The day of one model as one HTML file: no scripts, nothing loaded from elsewhere, light and dark. The answer first, then each feature
 * with its numbers and the statement that counts them again, then performance, data quality and what was done.
 */
export function renderReport(data: ReportData): string {
  const lines = featureLines(data);
  const title = `${data.model} ${data.version}, ${data.date}`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    answer(data, lines),
    ...lines.map((line) => featureSection(data, line)),
    performance(data),
    quality(data),
    actions(data),
    `<script type="application/json" id="verdicts">${embedJson(lines.map(({ verdict }) => verdict))}</script>`,
  ];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style>`;
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>\n${body.join('\n')}\n</body></html>\n`;
}

function answer(data: ReportData, lines: readonly FeatureLine[]): string {
  const open = openAlarms(data.alarms);
  const harm = open.find(({ evaluation }) => evaluation !== null)?.evaluation?.text;
  const rows = lines
    .filter(({ level }) => level === 'critical' || level === 'warn')
    .map((line) => `<li class="${line.level}"><a href="#${escapeHtml(line.feature.name)}">${escapeHtml(words(line))}</a></li>`);
  const worst = lines[0]?.level ?? 'ok';
  return [
    `<p class="answer ${worst}">${escapeHtml(summaryOf(lines))}</p>`,
    `<p>Reference: ${escapeHtml(data.reference.source.uri)}, ${thousands(data.reference.rows)} rows. Done: ${escapeHtml(doneOf(open, null))}.</p>`,
    ...(harm === undefined ? [] : [`<p>Harm ${escapeHtml(harm)}.</p>`]),
    ...(rows.length === 0 ? [] : [`<ul>${rows.join('')}</ul>`]),
  ].join('\n');
}

function words({ feature, level, alarm, verdict, record }: FeatureLine): string {
  const since = alarm?.openedAt ?? Date.parse(verdict.window.start) / 1000;
  const used = record.used[feature.name];
  const hint = used === undefined ? null : unitHint(feature, used.counts);
  return `${driftWords(feature.name, level, since, verdict)}${hint === null ? '' : `; ${hint}`}`;
}

function featureSection(data: ReportData, line: FeatureLine): string {
  const { feature, level, verdict, record } = line;
  const used = record.used[feature.name];
  const bars = used === undefined ? [] : barsOf(feature, used);
  const table = bars.map(({ bin, reference, current, share }) => cells(bin, share3(reference), share3(current), share3(share)));
  const marks = verdict.thresholds ?? THRESHOLDS;
  const judged = `${verdict.window.start}, judged on ${verdict.used.seconds / 3600} h: n ${thousands(verdict.n)}, m ${thousands(verdict.m)}, K ${verdict.K}, slot ${verdict.slot}; ${marksText(marks)}`;
  return `<section id="${escapeHtml(feature.name)}"><h2><span class="level ${level}">${level}</span> ${escapeHtml(feature.name)}</h2>
<p>${escapeHtml(words(line))}</p>
${bars.length === 0 ? '' : barChart(bars)}
${lineChart([{ name: 'cur', points: psiPoints(data, feature.name) }], levels(marks), 'psiCorrected over time')}
<details><summary>Numbers and SQL</summary><p>${escapeHtml(judged)}</p>${statistics(line)}
<table><tr><th>bin</th><th>reference</th><th>current</th><th>of the PSI</th></tr>${table.join('')}</table><pre>${escapeHtml(verdict.sql)}</pre></details></section>`;
}

const levels = ({ warn, critical }: DriftThresholds): Parameters<typeof lineChart>[1] => [
  { value: warn, label: `warn ${warn}` },
  { value: critical, label: `critical ${critical}` },
];

function psiPoints({ records }: ReportData, feature: string): readonly Point[] {
  return records.flatMap((record): Point[] => {
    const verdict = record.verdicts.find((one) => one.feature === feature);
    if (verdict?.statistics == null || verdict.level === 'insufficient') return [];
    const { psiCorrected, ci } = verdict.statistics;
    return [{ at: Date.parse(record.window.start), value: psiCorrected, low: ci[0], high: ci[1] }];
  });
}

function statistics({ verdict }: FeatureLine): string {
  if (verdict.statistics === null) return '<p>No statistics: a side is empty.</p>';
  const rows = Object.entries(verdict.statistics).map(([name, value]) =>
    cells(name, Array.isArray(value) ? value.map(number).join(' to ') : number(value)),
  );
  return `<table>${rows.join('')}</table>`;
}

function performance({ records, realised, maturation, reference }: ReportData): string {
  const points = (all: readonly Performance[]): Point[] =>
    all.flatMap(({ window, auc, aucSe }) =>
      auc === null
        ? []
        : [{ at: Date.parse(window.start), value: auc, ...(aucSe === null ? {} : { low: auc - 1.96 * aucSe, high: auc + 1.96 * aucSe }) }],
    );
  const estimated = records.flatMap((record) => record.performance ?? []);
  const mark = reference.score === null ? [] : [{ value: reference.score.auc, label: `hold-out ${reference.score.auc.toFixed(3)}` }];
  const rows = maturation.map(({ ageDays, hours, predictions, labelled }) =>
    cells(`${ageDays} d`, String(hours), thousands(predictions), thousands(labelled), share3(labelled / Math.max(1, predictions))),
  );
  const figures = realised.map((one) =>
    cells(
      one.window.start,
      thousands(one.labelled),
      three(one.auc),
      three(one.accuracy),
      three(one.brier),
      three(one.ece),
      one.mature ? 'mature' : 'immature',
    ),
  );
  return `<section id="performance"><h2>Performance</h2><p>AUC by hour: <span class="ref">estimated from scores</span>, which cannot see a changed relation, against <span class="cur">realised</span>.</p>
${lineChart(
  [
    { name: 'ref', points: points(estimated) },
    { name: 'cur', points: points(realised) },
  ],
  mark,
  'AUC estimated and realised',
)}
<table><tr><th>label age</th><th>hours</th><th>predictions</th><th>labelled</th><th>maturity</th></tr>${rows.join('')}</table>
<details><summary>Realised figures</summary><table><tr><th>hour</th><th>labels</th><th>AUC</th><th>accuracy</th><th>Brier</th><th>ECE</th><th></th></tr>${figures.join('')}</table></details></section>`;
}

function quality({ records }: ReportData): string {
  const latest = records.at(-1);
  const rank = { fail: 0, warn: 1, ok: 2 };
  const results = [...(latest?.quality ?? [])].sort((a, b) => rank[a.level] - rank[b.level]);
  const rows = results.map(
    ({ check, feature, level, text, n }) =>
      `<tr class="${level}">${[check, feature ?? '', level, String(n), text].map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<section id="quality"><h2>Data quality, ${escapeHtml(latest?.window.start ?? 'no window yet')}</h2>
<table><tr><th>check</th><th>feature</th><th>level</th><th>rows</th><th>observed</th></tr>${rows.join('')}</table></section>`;
}

function actions({ alarms }: ReportData): string {
  const rows = [...alarms]
    .sort((a, b) => b.openedAt - a.openedAt)
    .slice(0, 100)
    .map((alarm) =>
      cells(
        isoOf(alarm.openedAt),
        alarm.feature,
        alarm.about,
        alarm.state,
        alarm.evaluation?.text ?? '',
        alarm.done.join(', '),
        alarm.id.slice(0, 12),
      ),
    );
  return `<section id="actions"><h2>Alarms and what was done</h2><table><tr><th>since</th><th>feature</th><th>about</th><th>state</th><th>harm</th><th>done</th><th>id</th></tr>${rows.join('')}</table></section>`;
}

const cells = (...texts: readonly string[]): string => `<tr>${texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
const share3 = (value: number): string => `${Number((100 * value).toPrecision(3))} %`;
const three = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const number = (value: unknown): string => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : 'none');
