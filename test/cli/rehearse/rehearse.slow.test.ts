import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Turn } from '../../../cli/rehearse/order.ts';
import type { PulumiCli } from '../../../cli/rehearse/pulumi-cli.ts';
import { type Rehearsal, rehearse } from '../../../cli/rehearse/rehearse.ts';
import { rehearsalText } from '../../../cli/rehearse/report.ts';
import type { Failing } from '../../../cli/rehearse/resume.ts';
import { openWorkspace } from '../../../cli/rehearse/workspace.ts';
import { pulumiHere } from '../../support/pulumi.ts';

const FIXTURE = 'test/cli/rehearse/fixture';
const PATIENCE = 300_000; // some twenty starts of the CLI, on a machine that does other things
const cli = await pulumiHere();

async function rehearsed(stack: string, given: { readonly failing?: Failing; readonly set?: string } = {}): Promise<Rehearsal> {
  const here: PulumiCli = cli ?? { path: '', version: '', hasLanguageHost: false };
  using workspace = openWorkspace({ project: FIXTURE, cli: here, env: process.env });
  const { signal } = new AbortController();
  const [setting = 'owner', value = 'search-team'] = given.set?.split('=') ?? [];
  const failing = given.failing ?? { kind: 'every', n: 6 };
  const options = { stack, cli: here, workspace };
  return await rehearse({ ...options, failing, change: { setting, value }, signal, now: () => performance.now(), progress: () => undefined });
}

const saidIn = ({ phases }: Rehearsal, name: string): readonly string[] => phases.find((phase) => phase.name === name)?.said ?? [];
const findingsOf = ({ phases }: Rehearsal): readonly string[] => phases.flatMap(({ findings }) => findings);
/** Without what differs from run to run: times, what was done at the same time, and how many failures one run of `up` met. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d+(\.\d)? s\b/g, '… s')
    .replaceAll(/^ {2}(came|went) .*/gm, '  $1 …')
    .replace(/\d+ runs of/, '… runs of')
    .replaceAll(/ {2,}/g, '  ');

const byTopic = (a: Turn, b: Turn): number => (a.topic < b.topic ? -1 : 1);

describe.skipIf(cli === null)('the real engine, on a small program', () => {
  test('an environment that keeps its data is taken through its whole life', { timeout: PATIENCE }, async () => {
    const files = (): readonly string[] => ['index.ts', 'Pulumi.prod.yaml'].map((name) => readFileSync(join(FIXTURE, 'stacks', name), 'utf8'));
    const before = files();
    const rehearsal = await rehearsed('prod', { failing: { kind: 'random', count: 5, seed: 7 } });
    expect(steady(rehearsalText(rehearsal))).toBe(`prod: everything went as it should  12 resources, Pulumi ${cli?.version}, … s

  up  … s  19 created, as the preview said; 12 of them by providers
  again  … s  a preview of the same settings changes nothing
  change  … s  owner = search-team: 1 x update, as the preview said
  failures  … s  5 failures (random resources, seed 7) took … runs of pulumi up: each created what was missing, and nothing else
  destroy  … s  refused without --run-program: drained would not run
  refused while 2 resources are protected; nothing was deleted
  aws:ec2/subnet:Subnet shop-network-nodes-a was refused once as still attached, and retry tried again
  11 deleted, each after all that needs it
  hooks ran before their resources went: drained (1); they asked the cloud 2 times

  came …
  went …

  kept  storage  2  refuse the destroy until dataPolicy is drop:  shop-storage-db, shop-storage-lake
  kept  storage  1  stay in the cloud, whatever dataPolicy says:  shop-storage-log

No cloud was asked: stand-ins accept every input. This shows what the engine and the program do, not what providers answer.`);
    expect(rehearsal.created.toSorted(byTopic)).toEqual(
      rehearsal.deleted.map((turn) => (turn.topic === 'storage' ? { ...turn, resources: 4 } : turn)).toSorted(byTopic),
    );
    expect(rehearsal.kept.map(({ name, by, dropped }) => `${name} ${by} ${dropped}`).toSorted()).toEqual([
      'shop-storage-db protect true',
      'shop-storage-lake protect true',
      'shop-storage-log retainOnDelete false',
    ]);
    expect(files()).toEqual(before);
    expect(readdirSync(FIXTURE)).toEqual(['Pulumi.yaml', 'package.json', 'stacks']);
  });

  test('a change that replaces says so', { timeout: PATIENCE }, async () => {
    const rehearsal = await rehearsed('dev', { set: 'cidr=10.30.0.0/16' });
    expect(saidIn(rehearsal, 'change')).toContain('replaces aws:ec2/vpc:Vpc shop-network-vpc: cidrBlock');
    expect(findingsOf(rehearsal)).toEqual([]);
  });

  test('a stack above another is rehearsed on it, and the other one stays', { timeout: PATIENCE }, async () => {
    const rehearsal = await rehearsed('apps', { failing: { kind: 'every', n: 1 } });
    expect(rehearsal.phases.map(({ name }) => name)).toEqual(['below: dev', 'up', 'again', 'change', 'failures', 'destroy']);
    expect(findingsOf(rehearsal)).toEqual([]);
    expect(rehearsal.resources).toBe(1);
    expect(rehearsal.deleted).toEqual([{ topic: 'aws', resources: 1 }]);
  });

  test('a program that is another one every time is found by the preview after up', { timeout: PATIENCE }, async () => {
    const rehearsal = await rehearsed('unstable');
    expect(rehearsal.phases.map(({ name }) => name)).toEqual(['up', 'again']);
    expect(findingsOf(rehearsal)).toEqual([
      'nothing was changed, and yet a preview would update aws:cloudwatch/logGroup:LogGroup shop-storage-log: tags',
    ]);
    expect(rehearsalText(rehearsal)).toMatch(/^unstable: 1 thing went wrong/);
  });

  test('data that stays protected whatever the policy is told before anything is deleted', { timeout: PATIENCE }, async () => {
    const rehearsal = await rehearsed('locked', { failing: { kind: 'every', n: 100 } });
    expect(findingsOf(rehearsal)).toEqual([
      'destroy would be stuck: aws:s3/bucket:Bucket shop-storage-lake is protected, and dataPolicy drop does not change that',
    ]);
    expect(rehearsal.deleted).toEqual([]);
  });

  test('a program that cannot be built is told as the engine tells it', { timeout: PATIENCE }, async () => {
    const rehearsal = await rehearsed('broken');
    expect(findingsOf(rehearsal)).toEqual([expect.stringContaining("Missing required configuration variable 'weir:owner'")]);
    expect(rehearsal.phases.map(({ name }) => name)).toEqual(['up']);
  });
});
