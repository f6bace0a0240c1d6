import { isoOf } from '../windows.ts';
import { doneOf, featureLines, openAlarms, type ReportData, summaryOf } from './data.ts';

/** The same facts as the text, for programs: `weir drift report --json`. */
export function reportJson(data: ReportData, owner: string | null): Readonly<Record<string, unknown>> {
  const lines = featureLines(data);
  const open = openAlarms(data.alarms);
  return {
    kind: 'weir.drift/Report',
    v: 1,
    tenant: data.tenant,
    model: data.model,
    version: data.version,
    date: data.date,
    summary: summaryOf(lines),
    reference: { rows: data.reference.rows, source: data.reference.source },
    features: lines.map(({ feature, level, alarm, verdict }) => {
      return { feature: feature.name, level, since: alarm === null ? null : isoOf(alarm.openedAt), verdict };
    }),
    quality: data.records.at(-1)?.quality ?? [],
    alarms: open,
    harm: open.find(({ evaluation }) => evaluation !== null)?.evaluation ?? null,
    done: doneOf(open, owner),
  };
}
