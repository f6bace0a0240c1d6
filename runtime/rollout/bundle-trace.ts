import type { GuardState } from './evidence/types.ts';
import type { World } from './types.ts';

/** One line of a decision record. */
interface DecisionLine {
  readonly at: string;
  readonly decision: { readonly kind: string; readonly reason: string; readonly message: string; readonly phase?: string };
  readonly world: World;
}

/** What the decision record of an attempt tells of its end: the route before it, and how the evidence grew. */
export interface Trace {
  readonly routeBefore: World['route'];
  readonly evidence: readonly {
    readonly at: string;
    readonly guards: readonly Pick<GuardState, 'name' | 'verdict' | 'logE' | 'samples' | 'events'>[];
  }[];
  readonly decisions: readonly { readonly at: string; readonly kind: string; readonly reason: string; readonly message: string }[];
}

/** A last line that a kill cut short is left out. */
export function traceOf(text: string): Trace {
  const lines = text.split('\n').flatMap(parsed);
  const turn = lines.find(({ decision }) => decision.phase === 'RollingBack');
  const evidence = lines.map(({ at, world }) => ({
    at,
    guards: (world.status?.attempt?.guards ?? []).map(({ name, verdict, logE, samples, events }) => ({ name, verdict, logE, samples, events })),
  }));
  const decisions = lines.map(({ at, decision: { kind, reason, message } }) => ({ at, kind, reason, message }));
  return { routeBefore: turn?.world.route ?? null, evidence: evidence.filter(({ guards }) => guards.length > 0), decisions };
}

function parsed(line: string): readonly DecisionLine[] {
  try {
    const value: Partial<DecisionLine> = JSON.parse(line);
    return value.decision === undefined || value.world === undefined || value.at === undefined
      ? []
      : [{ at: value.at, decision: value.decision, world: value.world }];
  } catch {
    return [];
  }
}
