import type { Run } from './engine.ts';
import { wrongOrder } from './order.ts';
import { countsOf, countsText, type Outcome, reasonsOf, some } from './phase.ts';
import { setSetting } from './stack-file.ts';
import type { Stage } from './stage.ts';
import { wordsOf } from './urn.ts';

/** A change of one setting. */
export interface Change {
  /** Such as `owner` or `network.flowLogDays`. */
  readonly setting: string;
  /** As it would be written in YAML. */
  readonly value: string;
}

/** Brings up what a stack needs below it. */
export async function below({ engine }: Stage, upstream: string): Promise<Outcome> {
  const run = await engine.up(upstream);
  return { said: run.ok ? [`${upstream} is up: ${countsText(countsOf(run))}`] : [], findings: failed(`pulumi up of ${upstream}`, run) };
}

/** A preview of nothing, then `up`: it must create what the preview said, in an order that holds. */
export async function firstUp({ engine, ledger, stack }: Stage): Promise<Outcome> {
  const preview = await engine.preview(stack);
  if (!preview.ok) return { said: [], findings: failed('the first preview', preview) };
  const place = ledger.place;
  const run = await engine.up(stack);
  if (!run.ok) return { said: [], findings: failed('pulumi up', run) };
  const calls = ledger.since(place);
  const findings = [...differences(preview, run), ...wrongOrder('create', calls, await engine.state(stack))];
  const { create = 0 } = countsOf(run);
  return { said: [`${create} created${asSaid(findings)}; ${calls.length} of them by providers`], findings };
}

/** Nothing was changed: nothing may change. */
export async function again({ engine, stack }: Stage): Promise<Outcome> {
  const run = await engine.preview(stack, { expectNoChanges: true });
  if (run.ok) return { said: ['a preview of the same settings changes nothing'], findings: [] };
  const changes = run.steps.map(({ op, urn, diffs }) => `nothing was changed, and yet a preview would ${op} ${wordsOf(urn)}: ${diffs.join(', ')}`);
  return { said: [], findings: changes.length > 0 ? changes : failed('the preview', run) };
}

/** One setting is changed: `up` must do what the preview said. */
export async function changed({ engine, file, stack }: Stage, { setting, value }: Change): Promise<Outcome> {
  setSetting(file, setting, value);
  const words = `${setting} = ${value}`;
  const preview = await engine.preview(stack);
  if (!preview.ok) return { said: [], findings: failed(`the preview with ${words}`, preview) };
  const run = await engine.up(stack);
  if (!run.ok) return { said: [], findings: failed(`pulumi up with ${words}`, run) };
  const replaced = preview.steps.filter(({ op }) => op === 'replace').map(({ urn, diffs }) => `replaces ${wordsOf(urn)}: ${diffs.join(', ')}`);
  const findings = differences(preview, run);
  return { said: [`${words}: ${countsText(countsOf(run))}${asSaid(findings)}`, ...some(replaced)], findings };
}

const asSaid = (findings: readonly string[]): string => (findings.length === 0 ? ', as the preview said' : '');

const failed = (what: string, run: Run): readonly string[] => (run.ok ? [] : reasonsOf(run).map((reason) => `${what} failed: ${reason}`));

/** What a preview said and `up` did not do, and the other way round. */
function differences(preview: Run, run: Run): readonly string[] {
  const said = new Map(preview.steps.map((step) => [`${step.op} ${step.urn}`, step]));
  const done = new Map(run.steps.map((step) => [`${step.op} ${step.urn}`, step]));
  return [
    ...[...said].filter(([key]) => !done.has(key)).map(([, { op, urn }]) => `the preview said ${op} ${wordsOf(urn)}, and pulumi up did not do it`),
    ...[...done].filter(([key]) => !said.has(key)).map(([, { op, urn }]) => `pulumi up did ${op} ${wordsOf(urn)}, and the preview did not say it`),
  ];
}
