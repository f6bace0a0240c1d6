import { thousands } from '../evaluate.ts';
import { percent } from '../quality/checks.ts';
import { ZONE_CHECK } from '../quality/zone.ts';
import { ownMarks } from '../responder/words.ts';
import { isoOf } from '../windows.ts';
import { doneOf, type FeatureLine, featureLines, openAlarms, type ReportData, summaryOf } from './data.ts';
import { unitHint } from './hint.ts';

export interface TextOptions {
  readonly owner: string | null;
  /** Where the HTML report can be opened; null: nowhere. */
  readonly url: string | null;
  /** Print the statements that count each shown figure again. Default false. */
  readonly sql?: boolean;
}

/** `weir drift report`: the answer first, then each feature that is not ok, then harm, then what was done. */
export function reportText(data: ReportData, { owner, url, sql = false }: TextOptions): string {
  const lines = featureLines(data);
  const loud = lines.filter(({ level }) => level === 'critical' || level === 'warn');
  const width = Math.max(8, ...loud.map(({ feature }) => feature.name.length)) + 2;
  const open = openAlarms(data.alarms);
  const head = `${data.model} ${data.version}   ${summaryOf(lines)}`;
  const source = `reference: ${data.reference.source.uri}, ${thousands(data.reference.rows)} rows`;
  const checks = data.records.at(-1)?.quality ?? [];
  const failed = checks.filter(({ level }) => level === 'fail');
  const zone = checks.find(({ check }) => check === ZONE_CHECK);
  const harm = open.find(({ evaluation }) => evaluation !== null)?.evaluation?.text;
  const body = [
    ...loud.map((line) => `  ${featureText(line, width)}`),
    ...failed.map(({ check, feature, text }) => `  ${(feature ?? check).padEnd(width)} DATA FAILED  ${check}: ${text}`),
    ...(zone === undefined ? [] : [`  ${'zone'.padEnd(width)} ${zone.text}`]),
    ...(harm === undefined ? [] : [`  ${'harm'.padEnd(width)} ${harm}`]),
    `  ${'done'.padEnd(width)} ${doneOf(open, owner)}`,
  ];
  const first = loud[0];
  const link =
    url === null
      ? []
      : [
          '',
          `  open ${first === undefined ? 'the report' : first.feature.name}: ${url}${first === undefined ? '' : `#${first.feature.name}`}      SQL that reproduces each figure: --sql`,
        ];
  const statements = sql ? loud.flatMap(({ feature, verdict }) => ['', `-- ${feature.name}`, `${verdict.sql};`]) : [];
  return `${[`${head.padEnd(88)} ${source}`, '', ...body, ...link, ...statements].join('\n')}\n`;
}

function featureText({ feature, level, alarm, verdict, record }: FeatureLine, width: number): string {
  const since = alarm === null ? '' : `since ${isoOf(alarm.openedAt).slice(11, 16)}`;
  const { statistics } = verdict;
  const size =
    statistics === null
      ? ''
      : `PSI ${statistics.psiCorrected.toFixed(2)} (${statistics.ci[0].toFixed(2)} to ${statistics.ci[1].toFixed(2)})${ownMarks(verdict)}`;
  const top = verdict.attribution[0];
  const where = top === undefined ? '' : `${percent(top.share)} of it: ${top.bin} ${percent(top.reference)} -> ${percent(top.current)}`;
  const used = record.used[feature.name];
  const hint = used === undefined ? null : unitHint(feature, used.counts);
  return [
    feature.name.padEnd(width),
    level === 'critical' ? 'CRITICAL' : level,
    since,
    ` ${size}`,
    ` ${where}`,
    ...(hint === null ? [] : [` ${hint}`]),
  ]
    .join(' ')
    .trimEnd();
}
