import type { Window } from '../windows.ts';
import { type AlarmOwner, type AlarmState, type AlarmTransition, alarmId, isOpen, newAlarm } from './alarms.ts';

/** More of the features than this entering within three windows is one change at the source. */
export const UPSTREAM_SHARE = 0.3;
const WITHIN_WINDOWS = 3;

export interface UpstreamStep {
  readonly alarms: Readonly<Record<string, AlarmState>>;
  readonly transitions: readonly AlarmTransition[];
}

/**
 * Parent suppression: when more than 30 % of the judged input features entered an alarm within three windows, one `upstream` alarm
 * speaks for them and they stay mute. It takes in what enters while it is open, and closes with its last member.
 * @param inputs Input features that are judged.
 */
export function foldUpstream(step: UpstreamStep, inputs: readonly string[], window: Window, owner: AlarmOwner): UpstreamStep {
  const upstream = step.alarms[UPSTREAM_KEY] ?? newAlarm('_model', 'upstream');
  const drifting = inputs.flatMap((feature) => step.alarms[driftKey(feature)] ?? []).filter(({ state }) => isOpen(state));
  if (upstream.id !== null) return follow(step, upstream, drifting, window);
  const since = window.start - (WITHIN_WINDOWS - 1) * window.seconds;
  const recent = drifting.filter(({ openedAt }) => openedAt !== null && openedAt >= since);
  if (recent.length < 2 || recent.length <= UPSTREAM_SHARE * inputs.length) return step;
  const id = alarmId(owner, '_model', 'upstream', window.start);
  const opened: AlarmState = { ...upstream, state: 'critical', id, openedAt: window.start };
  const base = { id, feature: '_model', kind: 'upstream', window: window.start, openedAt: window.start, parent: null } as const;
  return adopt({ ...step, transitions: [...step.transitions, { ...base, from: 'ok', to: 'critical' }] }, opened, recent);
}

function follow(step: UpstreamStep, upstream: AlarmState, drifting: readonly AlarmState[], window: Window): UpstreamStep {
  const { id, openedAt } = upstream;
  if (id === null || openedAt === null) return step;
  const members = drifting.filter(({ parent, openedAt: since }) => parent === id || (since !== null && since >= window.start));
  if (members.length > 0) return adopt(step, upstream, members);
  const closed: AlarmState = { ...upstream, state: 'ok', id: null, openedAt: null, closed: { at: window.start + window.seconds, id } };
  const base = { id, feature: '_model', kind: 'upstream', window: window.start, openedAt, parent: null } as const;
  return {
    alarms: { ...step.alarms, [UPSTREAM_KEY]: closed },
    transitions: [...step.transitions, { ...base, from: 'critical', to: 'ok' }],
  };
}

function adopt(step: UpstreamStep, upstream: AlarmState, members: readonly AlarmState[]): UpstreamStep {
  const parent = upstream.id;
  const names = new Set(members.map(({ feature }) => feature));
  const adopted = members.map((member) => [driftKey(member.feature), { ...member, parent }] as const);
  return {
    alarms: { ...step.alarms, ...Object.fromEntries(adopted), [UPSTREAM_KEY]: upstream },
    transitions: step.transitions.map((one) => (one.kind === 'drift' && names.has(one.feature) ? { ...one, parent } : one)),
  };
}

export const UPSTREAM_KEY = 'upstream/_model';
export const driftKey = (feature: string): string => `drift/${feature}`;
export const qualityKey = (check: string, feature: string | null): string => `quality/${check}/${feature ?? ''}`;
