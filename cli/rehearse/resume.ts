import { createHash } from 'node:crypto';
import type { Call } from './ledger.ts';
import { type Outcome, reasonsOf } from './phase.ts';
import type { Stage } from './stage.ts';
import { wordsOf } from './urn.ts';

/** Which creations fail, each once. */
export type Failing =
  | { readonly kind: 'every'; readonly n: number } //
  | { readonly kind: 'random'; readonly count: number; readonly seed: number };

/** What the injected failures say. */
const REFUSED = 'rehearsal: refused once';

/** The resources that fail, out of all that an undisturbed `up` made, in its order. */
export function failingOnes(created: readonly string[], failing: Failing): readonly string[] {
  if (failing.kind === 'every') return created.filter((_, index) => (index + 1) % failing.n === 0);
  const draw = (urn: string): string => createHash('sha256').update(`${failing.seed} ${urn}`).digest('hex');
  return created.toSorted((a, b) => (draw(a) < draw(b) ? -1 : 1)).slice(0, failing.count);
}

/** How often `up` was run, and what it did beside creating what was missing. */
export interface Resumed {
  readonly runs: number;
  readonly failed: number;
  readonly findings: readonly string[];
}

/** Runs `up` until it ends well while each of these resources fails once, and looks at what every run did. */
export async function resume({ engine, ledger, stack }: Stage, urns: readonly string[]): Promise<Resumed> {
  ledger.arm(urns.map((urn) => ({ operation: 'create', urn, message: REFUSED })));
  const findings: string[] = [];
  for (let runs = 1, failed = 0; ; runs++) {
    const before = new Set(ledger.living);
    const place = ledger.place;
    const run = await engine.up(stack);
    const calls = ledger.since(place);
    findings.push(...notMissing(calls, before).map((words) => `run ${runs} ${words}`));
    const refused = calls.filter(({ error }) => error === REFUSED).length;
    failed += refused;
    if (run.ok && refused > 0) findings.push(`run ${runs} ended well, though ${refused} creations failed`);
    if (run.ok) return { runs, failed, findings };
    if (refused === 0) return { runs, failed, findings: [...findings, ...reasonsOf(run).map((reason) => `run ${runs} failed by itself: ${reason}`)] };
  }
}

/** A run that resumes creates what was missing, and nothing else. */
export function notMissing(calls: readonly Call[], before: ReadonlySet<string>): readonly string[] {
  return calls.flatMap(({ operation, urn, error }) => {
    if (operation !== 'create') return [`asked to ${operation} ${wordsOf(urn)}, though nothing but failures happened`];
    return error === null && before.has(urn) ? [`created ${wordsOf(urn)} again, which was there`] : [];
  });
}

/** Brings a stack up that is not there yet, with failures at some of its resources, until all of it is. */
export async function failures(
  stage: Stage,
  { created, failing }: { readonly created: readonly string[]; readonly failing: Failing },
): Promise<Outcome> {
  const { runs, failed, findings } = await resume(stage, failingOnes(created, failing));
  const which = failing.kind === 'every' ? everyWords(failing.n) : `random resources, seed ${failing.seed}`;
  const injected = `${failed} failures (${which}) took ${runs} runs of pulumi up`;
  if (findings.length > 0) return { said: [injected], findings };
  const again = await stage.engine.preview(stage.stack, { expectNoChanges: true });
  const differs = again.ok
    ? []
    : [...reasonsOf(again), ...again.steps.map(({ op, urn }) => `afterwards a preview would still ${op} ${wordsOf(urn)}`)];
  const wrong = [...differs, ...missing(created, stage.ledger.living)];
  return { said: [`${injected}: each created what was missing, and nothing else`], findings: wrong };
}

const everyWords = (n: number): string => (n === 1 ? 'every resource' : `one resource in ${n}`);

function missing(created: readonly string[], living: readonly string[]): readonly string[] {
  const there = new Set(living);
  const twice = living.filter((urn, index) => living.indexOf(urn) !== index);
  return [
    ...created.filter((urn) => !there.has(urn)).map((urn) => `in the end there is no ${wordsOf(urn)}`),
    ...twice.map((urn) => `in the end there are two of ${wordsOf(urn)}`),
  ];
}
