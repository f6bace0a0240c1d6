import type { Run } from './engine.ts';
import type { Call } from './ledger.ts';
import { wrongOrder } from './order.ts';
import { type Outcome, reasonsOf } from './phase.ts';
import { setSetting } from './stack-file.ts';
import type { Stage } from './stage.ts';
import type { StateResource } from './state.ts';
import { wordsOf } from './urn.ts';

/** What AWS says while something is still attached; hooks of the program wait for exactly this word. */
const ATTACHED = 'DependencyViolation: rehearsal: something is still attached to it';

/** What a destroy leaves in the cloud, or is refused for. */
export interface Kept {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** `protect` refuses the destroy, `retainOnDelete` leaves it behind. */
  readonly by: 'protect' | 'retainOnDelete';
  /** True when `dataPolicy: drop` lets it go. */
  readonly dropped: boolean;
}

export interface Destroyed extends Outcome {
  readonly kept: readonly Kept[];
  /** Names of the hooks that ran before something was deleted, each with how many resources it ran for. */
  readonly hooks: Readonly<Record<string, number>>;
  readonly calls: readonly Call[];
}

/** Takes a stack down as the runbook says it: refused without its program, refused while data is protected, then in order. */
export async function destroy(stage: Stage): Promise<Destroyed> {
  const asked = stage.ledger.place;
  const before = await stage.engine.state(stage.stack);
  const refusals = [await refusedWithoutProgram(stage, before), await refusedWhileProtected(stage, before)];
  const state = before.some(({ protect }) => protect) ? await dropped(stage) : { resources: before, findings: [] };
  const kept = keptOf(before, state.resources);
  const said = refusals.flatMap((one) => one.said);
  const findings = [...refusals.flatMap((one) => one.findings), ...state.findings, ...stillProtected(state.resources)];
  const hooks = hooksOf(state.resources);
  if (findings.length > 0) return { said, findings, kept, hooks, calls: stage.ledger.since(asked) };
  const last = await takenDown(stage, state.resources);
  return { said: [...said, ...last.said], findings: last.findings, kept, hooks, calls: stage.ledger.since(asked) };
}

/** Hooks live in the program: without it the engine must not begin. */
async function refusedWithoutProgram({ engine, ledger, stack }: Stage, state: readonly StateResource[]): Promise<Outcome> {
  const hooks = Object.keys(hooksOf(state));
  if (hooks.length === 0) return { said: [], findings: [] };
  const place = ledger.place;
  const run = await engine.destroy(stack, { skipPreview: true });
  const findings = notRefused(run, ledger.since(place), { words: 'without --run-program', because: /--run-program/ });
  return { said: findings.length > 0 ? [] : [`refused without --run-program: ${hooks.join(', ')} would not run`], findings };
}

async function refusedWhileProtected({ engine, ledger, stack }: Stage, state: readonly StateResource[]): Promise<Outcome> {
  const count = state.filter(({ protect }) => protect).length;
  if (count === 0) return { said: [], findings: [] };
  const place = ledger.place;
  const run = await engine.destroy(stack, { runProgram: true });
  const findings = notRefused(run, ledger.since(place), { words: `with ${count} protected resources`, because: /because it is protected/ });
  return { said: findings.length > 0 ? [] : [`refused while ${count} resources are protected; nothing was deleted`], findings };
}

interface Refusal {
  readonly words: string;
  /** What the engine says when it refuses for this reason. */
  readonly because: RegExp;
}

/** What is wrong with a refusal: there was none, it was for another reason, or something was deleted before. */
function notRefused(run: Run, calls: readonly Call[], { words, because }: Refusal): readonly string[] {
  const deleted = calls.filter(({ operation }) => operation === 'delete').map(({ urn }) => `destroy ${words} deleted ${wordsOf(urn)}`);
  if (run.ok) return [`destroy ${words} was not refused`, ...deleted];
  if (because.test(run.output)) return deleted;
  return [...reasonsOf(run).map((reason) => `destroy ${words} failed for another reason: ${reason}`), ...deleted];
}

/** The step that comes before the destroy of an environment that keeps its data. */
async function dropped({
  engine,
  file,
  stack,
}: Stage): Promise<{ readonly resources: readonly StateResource[]; readonly findings: readonly string[] }> {
  setSetting(file, 'dataPolicy', 'drop');
  const run = await engine.up(stack);
  const findings = run.ok ? [] : reasonsOf(run).map((reason) => `pulumi up with dataPolicy drop failed: ${reason}`);
  return { resources: await engine.state(stack), findings };
}

const stillProtected = (state: readonly StateResource[]): readonly string[] =>
  state
    .filter(({ protect }) => protect)
    .map(({ urn }) => `destroy would be stuck: ${wordsOf(urn)} is protected, and dataPolicy drop does not change that`);

function keptOf(before: readonly StateResource[], after: readonly StateResource[]): readonly Kept[] {
  const later = new Map(after.map((resource) => [resource.urn, resource]));
  return before.flatMap(({ urn, type, protect, retainOnDelete }) => {
    if (!protect && !retainOnDelete) return [];
    const now = later.get(urn);
    const dropped = now === undefined || !(now.protect || now.retainOnDelete);
    return [{ urn, type, name: urn.split('::').at(-1) ?? '', by: protect ? ('protect' as const) : ('retainOnDelete' as const), dropped }];
  });
}

function hooksOf(state: readonly StateResource[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of state.flatMap(({ beforeDelete }) => beforeDelete)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function takenDown({ engine, ledger, cloud, stack }: Stage, state: readonly StateResource[]): Promise<Outcome> {
  const attached = state.find(({ onError, retainOnDelete }) => onError.length > 0 && !retainOnDelete);
  if (attached !== undefined) ledger.arm([{ operation: 'delete', urn: attached.urn, message: ATTACHED }]);
  const [place, questions] = [ledger.place, cloud.asked.length];
  const run = await engine.destroy(stack, { runProgram: true, skipPreview: true });
  const calls = ledger.since(place);
  const gone = calls.filter(({ operation, error }) => operation === 'delete' && error === null);
  const hooks = Object.entries(hooksOf(state)).map(([name, count]) => `${name} (${count})`);
  const asked = cloud.asked.length - questions;
  const said = [
    ...(attached === undefined
      ? []
      : [`${wordsOf(attached.urn)} was refused once as still attached, and ${attached.onError.join(', ')} tried again`]),
    `${gone.length} deleted, each after all that needs it`,
    ...(hooks.length === 0 ? [] : [`hooks ran before their resources went: ${hooks.join(', ')}; they asked the cloud ${asked} times`]),
  ];
  const failed = run.ok ? [] : reasonsOf(run).map((reason) => `destroy failed: ${reason}`);
  const order = wrongOrder('delete', calls, state);
  return { said: run.ok && order.length === 0 ? said : [], findings: [...failed, ...order, ...(run.ok ? leftOver(ledger.living, state) : [])] };
}

/** What is still there must be what the state said would stay, and nothing else. Providers themselves are in no cloud. */
function leftOver(living: readonly string[], state: readonly StateResource[]): readonly string[] {
  const there = new Set(living);
  const asked = state.filter(({ custom, type }) => custom && !type.startsWith('pulumi:'));
  return asked.flatMap(({ urn, retainOnDelete, deletedWith }) => {
    if (there.has(urn)) return retainOnDelete || deletedWith !== '' ? [] : [`${wordsOf(urn)} is still there, and nothing says that it stays`];
    return retainOnDelete ? [`${wordsOf(urn)} is gone, though retainOnDelete is set`] : [];
  });
}
