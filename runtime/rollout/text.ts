import { weightOf } from '../model/positions.ts';
import type { Transition } from '../model/status.ts';
import type { ModelSpec } from '../model/types.ts';
import { nextFor, nowFor, unregistered } from './text-advice.ts';
import type { ModelStatus } from './types.ts';

const SHOWN = 12;

/**
 * What `weir rollout status` prints: the answer first, then why, where, now and next, then how it came to it. Plain columns, so that
 * grep works; times are UTC.
 * @param now epoch milliseconds
 */
export function statusText(spec: ModelSpec, status: ModelStatus | null, now: number): string {
  if (status === null) return `${spec.name}  not seen by the controller yet`;
  const rows: readonly (readonly [string, string])[] = [
    ['why', unregistered(status) ?? whyText(status)],
    ['where', status.attempt?.bundle === undefined || status.attempt.bundle === null ? '' : `bundle ${status.attempt.bundle}`],
    ['now', nowFor(spec, status)],
    ['next', nextFor(spec, status)],
  ];
  const guards = status.attempt?.guards.map(guardText) ?? [];
  const body = rows.filter(([, text]) => text !== '').map(([name, text]) => `  ${name.padEnd(9)} ${text}`);
  const parts = [[`${sentence(spec, status, now)}      traffic: ${trafficText(status)}`], body, guards, historyText(status)];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The answer in one sentence, with how long it has been so. */
export function sentence(spec: ModelSpec, status: ModelStatus, now: number): string {
  const { phase, attempt, stable, history } = status;
  const last = history.at(-1);
  const since = last === undefined ? '' : ` ${ago(now - Date.parse(sinceOf(history, phase)?.at ?? last.at))}`;
  const held = status.conditions.find(({ type, status: truth }) => type === 'Held' && truth);
  if (held !== undefined) return `${spec.name}  Held (${held.reason}) since ${ago(now - Date.parse(held.since))}: ${held.message}`;
  const why = attempt?.outcome?.message;
  if (why !== undefined && phase !== 'Stable') return `${spec.name}  ${phase === 'Locked' ? 'RolledBack' : phase}${since}: ${why}`;
  if (phase === 'Stable') return `${spec.name}  Stable${stable === null ? ', nothing serves' : `: version ${stable.version} serves`}`;
  return `${spec.name}  ${phase}${since}: version ${attempt?.candidate.version ?? '-'} after version ${stable?.version ?? '-'}`;
}

/** `2 = 95 %, 3 = 5 %`: as written for the gateway; `(not confirmed)` until it was seen there. */
export function trafficText({ intent, observed }: ModelStatus): string {
  if (intent === null) return 'none';
  const { route } = intent;
  const shares = (['a', 'b'] as const).flatMap((slot) => {
    const version = route.versions[slot]?.version;
    return version === undefined ? [] : [{ version, weight: weightOf(route, slot), stable: slot === route.stableSlot }];
  });
  const text = shares.sort((x, y) => Number(y.stable) - Number(x.stable)).map(({ version, weight }) => `${version} = ${weight / 100} %`);
  return `${text.join(', ')}${observed === null ? ' (not confirmed)' : ''}`;
}

function whyText({ attempt, observed }: ModelStatus): string {
  const outcome = attempt?.outcome ?? null;
  if (outcome === null) return '';
  const away = observed === null ? 'traffic not away yet' : `all traffic away ${clock(observed.verifiedAt)}`;
  return `${outcome.message}; first seen ${clock(outcome.evidenceAt)}, ${away}`;
}

function guardText({
  name,
  verdict,
  message,
  shown,
  advanceInSeconds,
  detectInSeconds,
}: NonNullable<ModelStatus['attempt']>['guards'][number]): string {
  const advance = shown ? '; shown healthy' : advanceInSeconds === null ? '' : `; about ${advanceInSeconds} s to show it healthy`;
  const detect = detectInSeconds === null ? '' : `; three times as many would show in about ${detectInSeconds} s`;
  return `  ${name.padEnd(12)} ${verdict.padEnd(7)} ${message}${advance}${detect}`;
}

function historyText({ history }: ModelStatus): readonly string[] {
  const lines = history.slice(-SHOWN).map(({ at, reason, message }) => `  ${clock(at)}  ${reason.padEnd(14)} ${message}`);
  const hidden = history.length - lines.length;
  return hidden > 0 ? [`  ${hidden} earlier lines: --json`, ...lines] : lines;
}

/** When the present phase began. */
function sinceOf(history: readonly Transition[], phase: string): Transition | undefined {
  return history.findLast(({ from, to }) => to === phase && from !== phase);
}

function clock(at: string): string {
  return at.slice(11, 19);
}

export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86_400)} days ago`;
}
