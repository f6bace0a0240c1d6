import { stringify } from 'yaml';
import { Engine } from '../../cli/rehearse/engine.ts';
import { Ledger } from '../../cli/rehearse/ledger.ts';
import type { PulumiCli } from '../../cli/rehearse/pulumi-cli.ts';
import { SdkTypes } from '../../cli/rehearse/sdk-types.ts';
import { openStackFile } from '../../cli/rehearse/stack-file.ts';
import { startStandInCloud } from '../../cli/rehearse/stand-in-cloud.ts';
import { startStandIns } from '../../cli/rehearse/stand-in-provider.ts';
import { openWorkspace } from '../../cli/rehearse/workspace.ts';
import type { TreeMap } from '../../runtime/model/layers/tree.ts';
import { writeFiles } from '../cli/in-process.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startClusterProvider } from './engine-cluster.ts';
import { startKwok } from './kwok.ts';

/** A stack of the real program, about to be brought up in a real API server, with AWS played in memory. */
export interface EngineStage extends AsyncDisposable {
  readonly engine: Engine;
  readonly cluster: Cluster;
  readonly ledger: Ledger;
}

const PLACE = { region: 'eu-west-1', account: '123456789012' } as const;

/** @param values Settings of the stack, as its file would have them below `weir:`. */
export async function openEngineStage(cli: PulumiCli, stack: string, values: TreeMap): Promise<EngineStage> {
  await using resources = new AsyncDisposableStack();
  const cluster = resources.use(await startCluster({ crds: [] }));
  resources.use(await startKwok(cluster));
  const workspace = resources.use(openWorkspace({ project: '.', cli, env: process.env }));
  const room = workspace.room('engine');
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`weir:${key}`, value]));
  writeFiles(room.project, { [`stacks/Pulumi.${stack}.yaml`]: stringify({ config }) });
  const ledger = new Ledger();
  const types = new SdkTypes(workspace.packages);
  const world = { ledger, types, place: PLACE };
  const standIns = resources.use(
    await startStandIns(
      workspace.packages.filter(({ name }) => name !== 'kubernetes'),
      world,
    ),
  );
  const kubernetes = workspace.packages.find(({ name }) => name === 'kubernetes');
  if (kubernetes === undefined) throw new Error('@pulumi/kubernetes is not installed');
  const provider = resources.use(await startClusterProvider(kubernetes, { ...world, cluster }));
  const cloud = resources.use(await startStandInCloud(PLACE.region, ledger));
  const options = { cli, room, attach: `${standIns.attach},${provider.attach}`, env: { ...cloud.env, WEIR_HOOK_PACE: '0.01' } };
  const engine = new Engine({ ...options, signal: new AbortController().signal, now: () => performance.now() });
  await engine.init(stack, openStackFile(room.project, stack));
  const kept = resources.move();
  return { engine, cluster, ledger, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
