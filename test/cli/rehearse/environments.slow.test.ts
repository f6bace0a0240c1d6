import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Call } from '../../../cli/rehearse/ledger.ts';
import type { PulumiCli } from '../../../cli/rehearse/pulumi-cli.ts';
import { type Rehearsal, rehearse } from '../../../cli/rehearse/rehearse.ts';
import { wordsOf } from '../../../cli/rehearse/urn.ts';
import { openWorkspace, type Workspace } from '../../../cli/rehearse/workspace.ts';
import type { TreeMap } from '../../../runtime/model/layers/tree.ts';
import { PROFILES, stackValues } from '../../support/environments.ts';
import { pulumiHere } from '../../support/pulumi.ts';
import { writeFiles } from '../in-process.ts';

const PATIENCE = 1_200_000; // two dozen runs of the engine over three hundred resources, on a machine that does other things
const cli = await pulumiHere();

/** Those that have a file, and `small`. */
const STACKS: Readonly<Record<string, TreeMap>> = Object.fromEntries(PROFILES.map((profile) => [profile, stackValues(profile)]));

/** The project of this checkout, with those stacks in it. */
function withStacks(workspace: Workspace): Workspace {
  const files = Object.entries(STACKS).map(([stack, values]) => {
    const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`weir:${key}`, value]));
    return [`stacks/Pulumi.${stack}.yaml`, stringify({ config })] as const;
  });
  const room: Workspace['room'] = (name) => {
    const made = workspace.room(name);
    writeFiles(made.project, Object.fromEntries(files));
    return made;
  };
  return { ...workspace, room };
}

async function rehearsed(stack: string, failures: number): Promise<Rehearsal> {
  const here: PulumiCli = cli ?? { path: '', version: '', hasLanguageHost: false };
  using workspace = openWorkspace({ project: '.', cli: here, env: process.env });
  const failing = { kind: 'random', count: failures, seed: 20 } as const;
  const { signal } = new AbortController();
  const options = { stack, cli: here, workspace: withStacks(workspace), failing, signal };
  return await rehearse({ ...options, now: () => performance.now(), progress: () => undefined });
}

const findingsOf = ({ phases }: Rehearsal): readonly string[] => phases.flatMap(({ name, findings }) => findings.map((words) => `${name}: ${words}`));
const saidIn = ({ phases }: Rehearsal, name: string): string => phases.find((phase) => phase.name === name)?.said.join('\n') ?? '';
const deletions = ({ log }: Rehearsal): readonly Call[] => log.filter(({ operation, error }) => operation === 'delete' && error === null);

/** What began to go before all of the others was gone, in words; a rule without a subject is wrong. */
function outlived(calls: readonly Call[], first: RegExp, then: RegExp): readonly string[] {
  const [goers, stayers] = [first, then].map((pattern) => calls.filter(({ urn }) => pattern.test(urn)));
  if (goers === undefined || stayers === undefined || goers.length === 0 || stayers.length === 0) return [`no ${first} or no ${then}`];
  const last = Math.max(...goers.map(({ ended }) => ended));
  return stayers.filter(({ began }) => began < last).map(({ urn }) => wordsOf(urn));
}

// Patterns of URNs: parents' types, `$`, the type, `::`, the name.
const IN_CLUSTER = /\$kubernetes:/;
const CLUSTER = /\$aws:eks\/cluster:/;
const NODES = /\$aws:eks\/nodeGroup:/;
/** But for add-ons that run on a pool of Karpenter's: they go before their pool, which lies in the cluster. */
const CLUSTER_OF_NODES = /^(?!.*weir:karpenter:PlainAddons\$).*\$aws:eks\/(cluster|nodeGroup|addon):/;
const WAYS = /\$aws:ec2\/(route|natGateway|internetGateway|vpcEndpoint):/;

describe.skipIf(cli === null)('the real engine, on the real program', () => {
  test('prod lives through four failures at random resources, and goes in the order of its rules', { timeout: PATIENCE }, async () => {
    const prod = await rehearsed('prod', 4);
    expect(findingsOf(prod)).toEqual([]);
    expect(saidIn(prod, 'failures')).toMatch(/^4 failures .*: each created what was missing, and nothing else$/);
    expect(saidIn(prod, 'destroy')).toMatch(/^refused without --run-program: no-balancer-left, no-nodes-left would not run$/m);
    expect(saidIn(prod, 'destroy')).toMatch(/^refused while \d+ resources are protected; nothing was deleted$/m);
    expect(saidIn(prod, 'destroy')).toMatch(/was refused once as still attached, and retry-dependency-violation tried again$/m);
    const gone = deletions(prod);
    expect.soft(outlived(gone, NODES, CLUSTER), 'D1').toEqual([]);
    expect.soft(outlived(gone, IN_CLUSTER, /weir:nodes:KarpenterCloud\$/), 'D2').toEqual([]);
    expect.soft(outlived(gone, IN_CLUSTER, CLUSTER_OF_NODES), 'D5').toEqual([]);
    expect.soft(outlived(gone, /\$aws:msk\/topic:/, /\$aws:msk\/cluster:/), 'D5').toEqual([]);
    expect.soft(outlived(gone, /:ValidatingAdmissionPolicy::/, /:CustomResourceDefinition::/), 'D6').toEqual([]);
    expect.soft(outlived(gone, CLUSTER, WAYS), 'D7').toEqual([]);
    expect.soft(outlived(gone, NODES, WAYS), 'D7').toEqual([]);
    expect
      .soft(
        gone.filter(({ urn }) => urn.endsWith('::prod-cluster-logs')),
        'D8',
      )
      .toEqual([]);
    expect.soft(waited(prod), 'D3').toBe('the hook asked, was told of a node, asked again, and then the system nodes went');
    expect
      .soft(prod.kept.filter(({ type }) => /bucket:Bucket|instance:Instance|msk\/cluster|replicationGroup|vault:Vault/.test(type)).length)
      .toBeGreaterThan(9);
  });

  test('dev comes up with all three layers, resumes and goes as it should', { timeout: PATIENCE }, async () => {
    expect(findingsOf(await rehearsed('dev', 1))).toEqual([]);
  });

  test('prod and prod-tenants, as they ship: tenants live on a platform that stays, and go without it', { timeout: PATIENCE }, async () => {
    const tenants = await rehearsed('prod-tenants', 1);
    expect(findingsOf(tenants)).toEqual([]);
    expect(tenants.phases[0]?.name).toBe('below: prod');
    const gone = deletions(tenants);
    expect(gone.filter(({ urn }) => !urn.startsWith('urn:pulumi:prod-tenants::'))).toEqual([]);
    expect(gone.filter(({ urn }) => urn.includes('weir.dev')).length).toBeGreaterThan(0);
  });
});

function waited(rehearsal: Rehearsal): string {
  const asked = rehearsal.questions.filter(({ nodes }) => nodes).map(({ place }) => place);
  const nodes = deletions(rehearsal).filter(({ urn }) => NODES.test(urn));
  const right = asked.length >= 2 && nodes.length > 0 && nodes.every(({ began }) => Math.max(...asked) < began);
  return right
    ? 'the hook asked, was told of a node, asked again, and then the system nodes went'
    : `asked at ${asked.join(', ')}, nodes went at ${nodes.map(({ began }) => began).join(', ')}`;
}
