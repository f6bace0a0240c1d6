import type { DriftResponses } from '../../model/types.ts';
import type { Evaluation } from '../evaluate.ts';
import { type AlarmKind, type AlarmTransition, isOpen } from '../policy/alarms.ts';
import type { AlarmStateName } from '../types.ts';
import { HOUR } from '../windows.ts';

/** What the responder has done about one alarm: `alarms/<id>.json`. Written after each act, read before the next decision. */
export interface AlarmRecord {
  readonly kind: 'weir.drift/Alarm';
  readonly v: 1;
  readonly id: string;
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly feature: string;
  readonly about: AlarmKind;
  readonly state: AlarmStateName;
  /** Epoch seconds of event time: start of the window that opened it, and end of the one that closed it. */
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly parent: string | null;
  /** Harm as last evaluated; null: not asked yet. */
  readonly evaluation: Evaluation | null;
  /** Names of the acts that are done, in order. */
  readonly done: readonly string[];
}

/** What a decision needs beside the alarm itself. */
export interface ResponderContext {
  /** One line on what changed, from the verdict or the check. */
  readonly what: string;
  /** Harm by now; null: not asked yet, or nothing to ask of. */
  readonly evaluation: Evaluation | null;
  /** Event time at which this version first answered callers, epoch seconds. */
  readonly rolledOutAt: number;
  /** A healthy former version exists, this one still serves, and there is somebody to ask for a rollback. */
  readonly canRollBack: boolean;
  readonly owner: string;
  /** What the model file leaves to people. */
  readonly responses: DriftResponses;
  /** Another open alarm says the same: a check of the same cause. Null: none. */
  readonly saidBy: string | null;
}

/** One act, named by what it is: doing one of a name twice is doing it once. */
export type Action =
  | { readonly kind: 'notify'; readonly name: string; readonly event: string; readonly text: string }
  | { readonly kind: 'page'; readonly name: string; readonly text: string }
  | { readonly kind: 'rollback'; readonly name: string; readonly action: string; readonly text: string };

/** Where the model file says nothing: the defaults of its schema. */
export const RESPONSES: DriftResponses = { warn: 'notify', harm: 'retrain', severe: 'rollback' };

/** A rollout this recent is the first suspect when harm appears. */
export const FRESH_ROLLOUT_SECONDS = 24 * HOUR;

/**
 * What to do about an alarm as it stands: 20-drift, 12, within what the model file allows. Nothing is retrained here: a page says so. Notifies
 * once per state, evaluates harm, and acts only on a final conclusion from labels. Pure; what is in `done` is not asked for again.
 */
export function decide(alarm: AlarmRecord, context: ResponderContext): readonly Action[] {
  const wanted = [...told(alarm, context), ...(alarm.about === 'quality' ? [] : answered(alarm, context))];
  return wanted.filter(({ name }) => !alarm.done.includes(name));
}

function told(alarm: AlarmRecord, { what, owner, saidBy, responses }: ResponderContext): readonly Action[] {
  if (alarm.parent !== null) return []; // the upstream alarm speaks for it
  const { feature, about, state } = alarm;
  if (!isOpen(state)) {
    const text = about === 'quality' ? `${feature} is well again` : `${feature} is back where the reference has it`;
    return alarm.done.length === 0 ? [] : [{ kind: 'notify', name: 'cleared', event: 'DriftCleared', text }];
  }
  if (about === 'quality') {
    if (saidBy !== null) return [];
    const text = `data cannot be used: ${what}`;
    return [
      { kind: 'notify', name: 'critical', event: 'DataQualityFailed', text },
      { kind: 'page', name: 'page', text: `${owner} paged: ${text}` },
    ];
  }
  if (state === 'warn' && responses.warn === 'none') return [];
  const event = about === 'upstream' ? 'UpstreamChange' : state === 'critical' ? 'DriftCritical' : 'DriftWarn';
  return [{ kind: 'notify', name: state, event, text: `${what}; told ${owner}` }];
}

/** Critical drift is answered by its harm. */
function answered(alarm: AlarmRecord, context: ResponderContext): readonly Action[] {
  const { evaluation, owner } = context;
  if (alarm.state !== 'critical' || alarm.parent !== null || evaluation === null) return [];
  const harm = evaluation.text;
  if (!evaluation.final) return [{ kind: 'notify', name: `evaluated ${evaluation.basis}`, event: 'DriftEvaluated', text: `harm ${harm}` }];
  if (evaluation.conclusion === 'none shown') {
    const text = `harmless drift of ${alarm.feature}: harm ${harm}; not rolled back, nobody paged; a new baseline is proposed to ${owner}`;
    return [{ kind: 'notify', name: 'harmless', event: 'HarmlessDrift', text }];
  }
  return harmful(alarm, context, `harm ${harm}`);
}

function harmful(alarm: AlarmRecord, context: ResponderContext, harm: string): readonly Action[] {
  const { rolledOutAt, owner, evaluation, responses } = context;
  const severe = evaluation?.conclusion === 'severe';
  const fresh = alarm.openedAt - rolledOutAt <= FRESH_ROLLOUT_SECONDS;
  const left = refusal(severe || fresh, context);
  if (left === null) {
    const action = `${alarm.model}-${alarm.id.slice(0, 12)}`;
    const why = severe ? 'beyond what the model file allows' : 'within 24 h of its rollout';
    return [
      { kind: 'rollback', name: 'rollback', action, text: `${harm}: ${why}; rollback ${action} asked for` },
      { kind: 'page', name: 'page', text: `${owner} paged: ${alarm.model} ${alarm.version} ${harm}; rollback ${action} was asked for` },
    ];
  }
  const retrained = responses.harm === 'retrain' ? '; not retrained: nothing is retrained by itself here' : '';
  return [{ kind: 'page', name: 'page', text: `${owner} paged: ${alarm.model} ${alarm.version} ${harm}; not rolled back: ${left}${retrained}` }];
}

/** Why harm is not answered by a rollback; null: it is. */
function refusal(grave: boolean, { canRollBack, responses }: ResponderContext): string | null {
  if (!canRollBack) return 'no former version to go back to';
  if (!grave) return 'neither severe nor a fresh rollout';
  return responses.severe === 'page' ? 'the model file leaves it to people' : null;
}

/** The record of an alarm after a transition; what was done stays done. */
export function afterTransition(
  before: AlarmRecord | null,
  transition: AlarmTransition,
  owner: Pick<AlarmRecord, 'tenant' | 'model' | 'version'>,
  windowSeconds: number,
): AlarmRecord {
  const { tenant, model, version } = owner;
  const open = isOpen(transition.to);
  return {
    kind: 'weir.drift/Alarm',
    v: 1,
    id: transition.id,
    tenant,
    model,
    version,
    feature: transition.feature,
    about: transition.kind,
    state: transition.to,
    openedAt: transition.openedAt,
    closedAt: open ? null : transition.window + windowSeconds,
    parent: transition.parent,
    evaluation: before?.evaluation ?? null,
    done: before?.done ?? [],
  };
}
