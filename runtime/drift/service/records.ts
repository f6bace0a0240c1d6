import type { JudgeInput, JudgeResult } from '../judge-types.ts';
import type { SlotCount } from '../policy/expected.ts';
import type { WindowSpan } from '../types.ts';
import { DAY, isoOf, spanOf, type Window } from '../windows.ts';

/** All that one window of one version came to, in one file: a restart finds it whole or judges it again. `verdicts/<t>/<m>/<v>/<window>.json`. */
export interface WindowRecord extends JudgeResult {
  readonly kind: 'weir.drift/Window';
  readonly v: 1;
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly window: WindowSpan;
  /** Rows of this version, and of the model, in the window. */
  readonly n: number;
  readonly modelRecords: number;
  readonly estimatedWith: 'reference' | 'matured' | null;
  /** Counts by fine bin of the window that each verdict used, by feature: bars and attribution are drawn from them. */
  readonly used: Readonly<Record<string, { readonly counts: readonly number[]; readonly slots: readonly SlotCount[]; readonly seconds: number }>>;
}

export function windowRecord(input: JudgeInput, result: JudgeResult): WindowRecord {
  const used = result.verdicts.map((verdict) => {
    const counts = input.counts.find(({ window }) => window.seconds === verdict.used.seconds) ?? input.counts[0];
    const index = input.reference.features.findIndex(({ name }) => name === verdict.feature);
    return [verdict.feature, { counts: [...(counts?.features[index] ?? [])], slots: counts?.slots ?? [], seconds: verdict.used.seconds }] as const;
  });
  return {
    kind: 'weir.drift/Window',
    v: 1,
    tenant: input.spec.tenant,
    model: input.spec.name,
    version: input.version,
    window: spanOf(input.window),
    n: input.counts[0]?.n ?? 0,
    modelRecords: input.modelRecords,
    estimatedWith: input.calibration?.from ?? null,
    used: Object.fromEntries(used),
    ...result,
    // A statement is kilobytes, and nobody asks for that of a check that passed.
    quality: result.quality.map((check) => (check.level === 'ok' ? { ...check, sql: null } : check)),
  };
}

export const startOf = (record: Pick<WindowRecord, 'window'>): number => Date.parse(record.window.start) / 1000;

/** `verdicts/flights/eta/7/2001-05-01T05.json`; a day's has no hour. */
export function recordPath(of: { tenant: string; model: string; version: string }, { start, seconds }: Window): string {
  const name = seconds === DAY ? isoOf(start).slice(0, 10) : isoOf(start).slice(0, 13);
  return `${recordFolder(of)}/${name}.json`;
}

export const recordFolder = ({ tenant, model, version }: { tenant: string; model: string; version: string }): string =>
  `verdicts/${tenant}/${model}/${version}`;

export function isWindowRecord(value: unknown): value is WindowRecord {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'weir.drift/Window';
}

/** How far a model has been judged: `state/judged/<tenant>/<model>.json`, moved after the records it refers to. */
export interface Judged {
  readonly kind: 'weir.drift/Judged';
  readonly v: 1;
  /** Start of the next hour and day to judge, epoch seconds. */
  readonly nextHour: number;
  readonly nextDay: number;
  /** The version that callers got last, and when each first answered them. */
  readonly active: string | null;
  readonly since: Readonly<Record<string, number>>;
}

export const judgedPath = (tenant: string, model: string): string => `state/judged/${tenant}/${model}.json`;

export function isJudged(value: unknown): value is Judged {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'weir.drift/Judged';
}
