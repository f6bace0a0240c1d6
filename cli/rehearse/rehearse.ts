import { destroy, type Kept } from './destroy.ts';
import type { Call } from './ledger.ts';
import { again, below, type Change, changed, firstUp } from './life.ts';
import { creationOrder, deletionOrder, type Turn } from './order.ts';
import type { Outcome, Phase } from './phase.ts';
import { type Failing, failures } from './resume.ts';
import { openStage, type StageOptions } from './stage.ts';
import type { Question } from './stand-in-cloud.ts';

export interface RehearseOptions extends Omit<StageOptions, 'room'> {
  /** What is changed once everything is up. Default: another `owner`, which is a tag of everything. */
  readonly change?: Change;
  /** Which creations fail. Default: eight, evenly spread. */
  readonly failing?: Failing;
  /** Told what begins, in words. */
  readonly progress: (words: string) => void;
}

/** Everything that a rehearsal shows. */
export interface Rehearsal {
  readonly stack: string;
  readonly cli: { readonly path: string; readonly version: string };
  /** Resources that a provider was asked to make. */
  readonly resources: number;
  readonly phases: readonly Phase[];
  /** Topics in the order in which they came. */
  readonly created: readonly Turn[];
  /** Topics in the order in which they went. */
  readonly deleted: readonly Turn[];
  readonly kept: readonly Kept[];
  /** Names of the hooks that run before something is deleted, and for how many resources. */
  readonly hooks: Readonly<Record<string, number>>;
  /** Everything that the stand-ins of the undisturbed life were asked, with failures and in order; and what hooks asked the cloud. */
  readonly log: readonly Call[];
  readonly questions: readonly Question[];
}

/** As many failures as a person waits for. */
const FAILURES = 8;

/** Rehearses the life of a stack: up, nothing to do, a change, up again with failures on the way, and down. What goes wrong ends it. */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const phases: Phase[] = [];
  const phase = phasesInto(phases, options);
  const fine = (): boolean => phases.every(({ findings }) => findings.length === 0);
  const { stack, cli } = options;
  await using life = await openStage({ ...options, room: 'life' });
  for (const name of life.upstreams) if (fine()) await phase(`below: ${name}`, () => below(life, name));
  const place = life.ledger.place;
  if (fine()) await phase('up', () => firstUp(life));
  const made = life.ledger.since(place);
  const created = made.filter(({ operation, error }) => operation === 'create' && error === null).map(({ urn }) => urn);
  if (fine()) await phase('again', () => again(life));
  if (fine()) await phase('change', () => changed(life, options.change ?? defaultChange(life.file.get('owner'))));
  if (fine()) {
    const failing = options.failing ?? { kind: 'every', n: Math.max(1, Math.floor(created.length / FAILURES)) };
    await using afresh = await openStage({ ...options, room: 'failures' });
    for (const name of afresh.upstreams) await below(afresh, name);
    await phase('failures', () => failures(afresh, { created, failing }));
  }
  const seen = { stack, cli: { path: cli.path, version: cli.version }, resources: created.length, phases, created: creationOrder(made) };
  const log = { log: life.ledger.calls, questions: life.cloud.asked };
  if (!fine()) return { ...seen, ...log, deleted: [], kept: [], hooks: {} };
  const { kept, hooks, calls } = await phase('destroy', () => destroy(life));
  return { ...seen, ...log, deleted: deletionOrder(calls), kept, hooks };
}

const defaultChange = (owner: unknown): Change => ({ setting: 'owner', value: `${typeof owner === 'string' ? owner : 'nobody'}-rehearsed` });

function phasesInto(phases: Phase[], { now, progress }: Pick<RehearseOptions, 'now' | 'progress'>) {
  return async <T extends Outcome>(name: string, work: () => Promise<T>): Promise<T> => {
    progress(name);
    const began = now();
    const outcome = await work();
    phases.push({ name, seconds: (now() - began) / 1_000, said: outcome.said, findings: outcome.findings });
    return outcome;
  };
}
