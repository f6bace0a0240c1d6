import type { Run } from '../../../cli/rehearse/engine.ts';
import { Ledger } from '../../../cli/rehearse/ledger.ts';
import { openStackFile } from '../../../cli/rehearse/stack-file.ts';
import type { Stage } from '../../../cli/rehearse/stage.ts';
import type { StateResource } from '../../../cli/rehearse/state.ts';
import { typeOf } from '../../../cli/rehearse/urn.ts';
import { writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';

export const VPC = 'urn:pulumi:prod::weir::weir:network:Network$aws:ec2/vpc:Vpc::vpc';
export const SUBNET = 'urn:pulumi:prod::weir::weir:network:Network$aws:ec2/subnet:Subnet::subnet';

/** What one command of the engine does to the cloud, and how it ends. */
export type Act = (ledger: Ledger) => Partial<Run> | undefined;

/** A stage whose engine plays its acts one after the other, whatever it is asked; its state is what was given last. */
export function fakeStage(acts: readonly Act[], states: readonly (readonly StateResource[])[] = []): Stage {
  const folder = scratch();
  writeFiles(folder, { 'Pulumi.yaml': 'name: weir\n', 'Pulumi.prod.yaml': 'config: {}\n' });
  const [ledger, left, snapshots] = [new Ledger(), [...acts], [...states]];
  const play = async (): Promise<Run> => {
    const act = left.shift();
    if (act === undefined) throw new Error('the engine was asked once more than the test says');
    return { ok: true, seconds: 0, output: '', steps: [], diagnostics: [], ...act(ledger) };
  };
  return {
    stack: 'prod',
    file: openStackFile(folder, 'prod'),
    engine: { up: play, preview: play, destroy: play, state: async () => (snapshots.length > 1 ? snapshots.shift() : snapshots[0]) ?? [] },
    ledger,
    cloud: { env: {}, asked: [], [Symbol.asyncDispose]: async () => undefined },
    upstreams: [],
    [Symbol.asyncDispose]: async () => undefined,
  };
}

export function resource(urn: string, over: Partial<StateResource> = {}): StateResource {
  const plain = { protect: false, retainOnDelete: false, deletedWith: '', beforeDelete: [], onError: [] };
  return { urn, type: typeOf(urn), custom: true, needs: [], ...plain, ...over };
}

export const creates =
  (...urns: readonly string[]): Act =>
  (ledger) => {
    for (const urn of urns) ledger.begin('create', urn)();
  };

export const deletes =
  (...urns: readonly string[]): Act =>
  (ledger) => {
    for (const urn of urns) ledger.begin('delete', urn, `${urn.split('::').at(-1)}-id`)();
  };

export const refuses =
  (output: string): Act =>
  () => ({ ok: false, output });

export const done = (op: string, urn: string) => ({ op, urn, type: typeOf(urn), diffs: [], done: true });
