import { weightOf } from '../runtime/model/positions.ts';
import type { Condition } from '../runtime/model/status.ts';
import { keyOf, type ModelSpec } from '../runtime/model/types.ts';
import type { ModelStatus } from '../runtime/rollout/types.ts';

/** A rollout in words: the answer first, then why, then what to do next, then how it came to that. `now` in milliseconds since 1970. */
export function statusText(spec: ModelSpec, status: ModelStatus | null, now: number): string {
  if (status === null) return `${spec.name}  not seen by the rollout controller yet: it looks when the platform runs`;
  const rows: readonly (readonly [string, string])[] = [...whyOf(status), ...guardsOf(status), ['next', nextOf(spec, status)]];
  const history = status.history.slice(-6).map((step) => `  ${step.at.slice(11, 19)}  ${step.to.padEnd(12)}  ${step.message}`);
  return [headOf(spec, status, now), '', ...rows.map(([name, text]) => `  ${name.padEnd(8)}  ${text}`), '', ...history].join('\n');
}

function headOf(spec: ModelSpec, status: ModelStatus, now: number): string {
  const { phase, stable, history } = status;
  const last = history.at(-1);
  const ago = last === undefined ? '' : ` ${agoText(now - Date.parse(last.at))}: ${last.message}`;
  return `${keyOf(spec)}  ${phase}${ago}      traffic: ${trafficOf(status) || `${stable?.version ?? 'nothing'} = 100 %`}`;
}

/** The shares of the intent, by version. */
function trafficOf({ intent }: ModelStatus): string {
  if (intent === null) return '';
  const { route } = intent;
  const shares = (['a', 'b'] as const).flatMap((slot) => {
    const version = route.versions[slot];
    return version === null ? [] : [`${version.version} = ${weightOf(route, slot) / 100} %`];
  });
  const mirror =
    route.mirror === null ? [] : [`mirror ${route.mirror.percent} % to ${route.versions[route.mirror.slot]?.version ?? route.mirror.slot}`];
  return [...shares, ...mirror].join(', ');
}

function whyOf({ conditions, locks }: ModelStatus): readonly (readonly [string, string])[] {
  const told: readonly Condition['type'][] = ['Held', 'RolledBack', 'Locked'];
  const why = conditions
    .filter(({ type, status }) => status && told.includes(type))
    .map(({ type, reason, message }) => ['why', `${type} (${reason}): ${message}`] as const);
  const locked = locks.map(
    ({ version, digest, reason, bundle }) =>
      ['locked', `version ${version}, ${digest}: ${reason}${bundle === null ? '' : `     bundle ${bundle}`}`] as const,
  );
  return [...why, ...locked];
}

function guardsOf({ attempt }: ModelStatus): readonly (readonly [string, string])[] {
  return (attempt?.guards ?? []).map(({ name, verdict, message, logE, logThreshold }) => {
    return [
      'guard',
      `${name}: ${verdict}, evidence ${logE.toFixed(1)} (limit ${logThreshold.toFixed(1)})${message === '' ? '' : `; ${message}`}`,
    ] as const;
  });
}

function nextOf({ name }: ModelSpec, { phase, locks, conditions }: ModelStatus): string {
  const held = conditions.find(({ type, status }) => type === 'Held' && status);
  const lock = locks.at(-1);
  if (held?.reason === 'Paused') return `weir rollout resume ${name}`;
  if (held?.reason === 'Approval') return `weir rollout promote ${name}, or weir rollout abort ${name}`;
  if (held !== undefined) return `it goes on by itself when that ends; weir rollout abort ${name} goes back`;
  if (lock !== undefined)
    return `register a mended version;  or, if this was a mistake:  weir rollout unlock ${name} --digest ${lock.digest.slice(7, 15)}`;
  return phase === 'Stable' ? 'nothing to do' : `it goes on by itself; weir rollout abort ${name} goes back`;
}

/** `4 min ago`: seconds, minutes, hours or days, whichever is readable. */
function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86_400)} d ago`;
}
