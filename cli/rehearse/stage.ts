import { Engine } from './engine.ts';
import { Ledger } from './ledger.ts';
import type { PulumiCli } from './pulumi-cli.ts';
import { SdkTypes } from './sdk-types.ts';
import { openStackFile, type StackFile } from './stack-file.ts';
import { type StandInCloud, startStandInCloud } from './stand-in-cloud.ts';
import { startStandIns } from './stand-in-provider.ts';
import type { Workspace } from './workspace.ts';

/** Where the stand-ins say that they are when the settings do not say it. */
const PLACE = { region: 'eu-west-1', account: '123456789012' } as const;

/** How much of each of their pauses the program's hooks wait (stacks/hooks.ts): stand-ins need no time. */
const HOOK_PACE = '0.01';

export interface StageOptions {
  readonly cli: PulumiCli;
  readonly workspace: Workspace;
  /** The stack that is rehearsed. Those that it names as `upstream` are brought up first. */
  readonly stack: string;
  /** Names its room in the workspace: two stages know nothing of each other. */
  readonly room: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** A backend with its own cloud of stand-ins, in which a stack was made and nothing was done yet. */
export interface Stage extends AsyncDisposable {
  readonly stack: string;
  readonly file: StackFile;
  readonly engine: Pick<Engine, 'up' | 'preview' | 'destroy' | 'state'>;
  readonly ledger: Ledger;
  readonly cloud: StandInCloud;
  /** Stacks below this one, lowest first. */
  readonly upstreams: readonly string[];
}

/** @throws ArgsError when a stack has no file; Error with what the CLI printed when it cannot make a stack */
export async function openStage({ cli, workspace, stack, room: name, signal, now }: StageOptions): Promise<Stage> {
  const room = workspace.room(name);
  const files = withUpstreams(room.project, stack);
  const file = files.at(-1)?.file;
  if (file === undefined) throw new Error('a stack has no file, and that was not noticed');
  await using resources = new AsyncDisposableStack();
  const place = { region: textOf(file.get('region')) ?? PLACE.region, account: textOf(file.get('account')) ?? PLACE.account };
  const ledger = new Ledger();
  const standIns = resources.use(await startStandIns(workspace.packages, { ledger, types: new SdkTypes(workspace.packages), place }));
  const cloud = resources.use(await startStandInCloud(place.region, ledger));
  const engine = new Engine({ cli, room, attach: standIns.attach, env: { ...cloud.env, WEIR_HOOK_PACE: HOOK_PACE }, signal, now });
  for (const { name, file } of files) await engine.init(name, file);
  const kept = resources.move();
  return {
    stack,
    file,
    engine,
    ledger,
    cloud,
    upstreams: files.slice(0, -1).map(({ name }) => name),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The stack and those below it, lowest first. */
function withUpstreams(project: string, stack: string): readonly { readonly name: string; readonly file: StackFile }[] {
  const found: { readonly name: string; readonly file: StackFile }[] = [];
  for (let name: string | undefined = stack; name !== undefined && !found.some((one) => one.name === name); ) {
    const file: StackFile = openStackFile(project, name);
    found.unshift({ name, file });
    name = textOf(file.get('upstream'));
  }
  return found;
}
