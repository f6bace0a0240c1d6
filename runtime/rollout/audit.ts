import type { Transition } from '../model/status.ts';
import type { ModelKey } from '../model/types.ts';
import type { Notice } from './ports.ts';
import type { ModelStatus } from './types.ts';

/** A tick writes 8 times at most: no more lines can be missing after a restart. */
const MOST_LOST = 8;

/**
 * What people are told of a status that was written: its new transitions, one line each. With `before` null, for a controller that
 * starts and cannot know what its forerunner lived to tell: the last ones, which the trail may have already.
 */
export function noticesOf(key: ModelKey, before: ModelStatus | null, after: ModelStatus): readonly Notice[] {
  const known = new Set((before?.history ?? after.history.slice(0, -MOST_LOST)).map(nameOf));
  return after.history.filter((transition) => !known.has(nameOf(transition))).map((transition) => noticeOf(key, transition, after));
}

/** The name of a line, the same whoever tells it. */
function nameOf({ at, attempt, to, reason }: Transition): string {
  return `${at} ${attempt ?? '-'} ${to} ${reason}`;
}

function noticeOf(key: ModelKey, transition: Transition, status: ModelStatus): Notice {
  const [tenant = '', model = ''] = key.split('/');
  const { attempt, observed, stable } = status;
  const outcome = attempt?.outcome ?? null;
  const zero = transition.reason === 'RolledBack' && transition.to === 'RollingBack' && outcome !== null && observed !== null;
  return {
    eventTime: null,
    source: 'rollout',
    tenant,
    model,
    // A guard's own name is no word for a kind: the phase that it led to is
    kind: /^[A-Z]/.test(transition.reason) ? transition.reason : transition.to,
    text: `${model}: ${transition.message}`,
    record: transition.to === 'Locked' || transition.to === 'Failed' ? (attempt?.bundle ?? null) : null,
    data: {
      notice: `${key} ${nameOf(transition)}`,
      from: transition.from,
      to: transition.to,
      attempt: transition.attempt,
      reason: transition.reason,
      at: transition.at,
      stable: stable?.version ?? null,
      candidate: attempt?.candidate.version ?? null,
      ...(zero ? { evidenceToZeroMs: Date.parse(observed.verifiedAt) - Date.parse(outcome.evidenceAt) } : {}),
    },
  };
}
