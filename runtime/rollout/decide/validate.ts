import type { GateSpec } from '../../model/plan.ts';
import type { Attempt, Decision, GateResult } from '../types.ts';
import { conditionOf, moved, withAttempt, withCondition, writeStatus } from './changes.ts';
import { type Context, type Decider, wait } from './context.ts';
import { holdOf } from './hold.ts';
import { withLock } from './rolling-back.ts';

export type Stage = 'static' | 'running';

/** No plan can leave these out: what has no reference cannot be watched, what is not as signed is not what was reviewed. */
const ALWAYS: readonly GateSpec['type'][] = ['Format', 'Manifest', 'Reference'];
/** A version that fails these is never let in, not even to be shadowed. */
const ABSOLUTE: readonly string[] = ALWAYS;

export function gatesOf(gates: readonly GateSpec[], stage: Stage): readonly GateSpec[] {
  const missing = ALWAYS.filter((type) => !gates.some((gate) => gate.type === type));
  const all: readonly GateSpec[] = [...missing.map((type) => ({ type, onFail: 'Reject' as const })), ...gates];
  return all.filter(({ type }) => (type === 'GoldenSet') === (stage === 'running'));
}

/** Static gates: no copy exists before they pass (10-rollout, 8). */
export const validate: Decider = (context) => {
  const { status, at } = context;
  const { attempt } = status;
  if (status.phase !== 'Validating' || attempt === null) return null;
  if (holdOf(context, attempt) !== null) return wait('Held', 'gates wait with the rollout');
  const judged = judgeGates(context, attempt, 'static');
  if ('decision' in judged) return judged.decision;
  const next = moved(judged.status, 'Provisioning', 'GatesPassed', judged.message, at);
  return writeStatus(
    withAttempt(next, { phaseEnteredAt: at, step: { ...attempt.step, heldSeconds: 0, heldSince: null } }),
    'GatesPassed',
    judged.message,
  );
};

export type Judged = { readonly decision: Decision } | { readonly status: Context['status']; readonly message: string };

/** Starts the stage's gates, waits for them, rejects by name, or gives the status that says they passed. */
export function judgeGates(context: Context, attempt: Attempt, stage: Stage): Judged {
  const { world, status, at } = context;
  const specs = gatesOf(world.spec.rollout.gates, stage);
  const results = specs.map(({ type }) => world.gates.find((result) => result.type === type));
  if (results.some((result) => result === undefined)) {
    const message = `${stage} gates of version ${attempt.candidate.version}`;
    return { decision: { kind: 'StartGates', version: refOf(attempt), stage, reason: 'Gates', message } };
  }
  const open = results.find((result) => result?.state === 'pending');
  if (open !== undefined) return { decision: wait('Gates', `waits for gate ${open.type}`) };
  const failed = results.filter((result): result is GateResult & { state: 'failed' } => result?.state === 'failed');
  const message = `${specs.length} ${stage} gates passed: ${specs.map(({ type }) => type).join(', ')}`;
  if (failed.length === 0) {
    const limited = conditionOf(status, 'GatesPassed')?.reason === 'ShadowOnly';
    return { status: limited ? status : withCondition(status, 'GatesPassed', true, 'Passed', message, at), message };
  }
  const text = failed.map((result) => `${result.type}: ${result.message}`).join('; ');
  const shadowable = failed.every(({ type }) => !ABSOLUTE.includes(type) && specs.some((spec) => spec.type === type && spec.onFail === 'ShadowOnly'));
  if (shadowable && status.stable !== null && world.spec.rollout.steps[0]?.kind === 'shadow') {
    return { status: withCondition(status, 'GatesPassed', false, 'ShadowOnly', text, at), message: `may be shadowed, never served: ${text}` };
  }
  return { decision: reject(context, attempt, text) };
}

function reject({ status, at }: Context, attempt: Attempt, text: string): Decision {
  const message = `version ${attempt.candidate.version} is rejected: ${text}`;
  const outcome = { to: 'Rejected', reason: 'Gate', message, evidenceAt: at } as const;
  const said = withCondition({ ...status, attempt: { ...attempt, outcome, phaseEnteredAt: at } }, 'GatesPassed', false, 'Failed', text, at);
  const locked = withLock(said, { ...attempt.candidate, reason: text, at, bundle: null }, at);
  return writeStatus(moved(locked, 'Rejected', 'Rejected', message, at), 'Rejected', message);
}

function refOf({ candidate: { version, digest } }: Attempt): { version: string; digest: string } {
  return { version, digest };
}
