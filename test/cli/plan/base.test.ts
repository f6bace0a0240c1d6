import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';

const PULUMI = import.meta.resolve('@pulumi/pulumi');
const programOf = (body: string): string => `import * as pulumi from '${PULUMI}';\nexport function environment(): unknown {\n${body}\n}\n`;

/** A small environment that settings change: a network, a broker and a database on it, and nodes. The real one takes seconds to record. */
const SMALL = programOf(`
  const config = new pulumi.Config('weir');
  const { cidr } = config.requireObject<{ cidr: string }>('network');
  const component = (topic: string) => ({ parent: new pulumi.ComponentResource(\`weir:\${topic}:Thing\`, \`dev-\${topic}\`) });
  const made = (type: string, name: string, inputs: object, options: object) => new pulumi.CustomResource(type, name, inputs, options);
  const vpc = made('aws:ec2/vpc:Vpc', 'dev-network-vpc', { cidrBlock: cidr }, component('network'));
  const subnet = made('aws:ec2/subnet:Subnet', 'dev-network-a', { vpcId: vpc.id }, { parent: vpc });
  const keep = config.get('dataPolicy') === 'keep';
  const data = { protect: keep, retainOnDelete: keep };
  const broker = { clusterName: 'dev', brokerNodeGroupInfo: { clientSubnets: [subnet.id] } };
  made('aws:msk/cluster:Cluster', 'dev-kafka-cluster', broker, { ...component('kafka'), ...data });
  if (config.getBoolean('audit')) made('aws:rds/instance:Instance', 'dev-postgres-instance', { instanceClass: 'db.t4g.medium' }, { ...component('postgres'), ...data });
  return {};`);

/** Settings of a stack; \`more\` is YAML below \`config:\`. */
function settings(more = '', cidr = '10.20.0.0/16'): string {
  return `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-platform
  weir:network: {cidr: ${cidr}}
  weir:access: {deploy: arn:aws:iam::123456789012:role/weir-deploy}
  weir:budget: {monthlyUsd: 9000, emails: [platform-team@example.com]}
${more}  weir:layers: [foundation]
`;
}

/** A repository whose only commit holds these files; gives its folder of stacks. */
function committed(files: Readonly<Record<string, string | null>>): string {
  const folder = scratch();
  writeFiles(folder, { 'package.json': '{"type":"module"}', 'stacks/environment.ts': SMALL, ...files });
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  return join(folder, 'stacks');
}

const write = (stacks: string, text: string): void => writeFiles(stacks, { 'Pulumi.dev.yaml': text });
const plan = (stacks: string, ...more: readonly string[]) => run(['plan', 'dev', '--stacks', stacks, '--base', 'main', ...more]);

/** The block about the base, without the rest of the plan. */
const against = (out: string): string => out.split('\n\n').find((block) => block.startsWith('  against')) ?? '';

test('the same settings and program: nothing changes, and nothing is left behind', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('weir-plan-'));
  const { code, out } = await plan(committed({ 'stacks/Pulumi.dev.yaml': settings() }));
  expect(against(out)).toMatch(/^ {2}against main \([0-9a-f]{9}\): nothing changes\n {4}cost {2}\$[\d.,]+ a month, unchanged$/);
  expect(code).toBe(0);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('weir-plan-') && !before.includes(name))).toEqual([]);
});

test('a changed setting of the real program is told as such, and as the properties that it changes, with the price', async () => {
  const stacks = committed({ 'stacks/environment.ts': null, 'stacks/Pulumi.dev.yaml': settings() });
  write(stacks, settings('  weir:nodes: {instance: m7i.xlarge, max: 5}\n  weir:postgres: {backupDays: 9}\n'));
  const { code, out } = await plan(stacks);
  expect(against(out)).toMatch(/^ {4}setting nodes\.max {2}none -> 5$/m);
  expect(against(out)).toMatch(/^ {2}~ +postgres +dev-postgres-instance +backupRetentionPeriod {2}7 -> 9$/m);
  expect(against(out)).toMatch(/^ {2}-\/\+ +nodes +dev-nodes-group +instanceTypes {2}\+ m7i\.xlarge, - m7i\.large {3}REPLACES it$/m);
  expect(against(out)).toMatch(/cost {2}\$[\d,]+ -> \$[\d,]+ a month \(\+\$\d+: nodes \+\$\d+\)/);
  expect(code).toBe(0); // nodes hold no data
});

test('a replacement that loses data fails until its topic is allowed', async () => {
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings() });
  write(stacks, settings('', '10.21.0.0/16'));
  const refused = await plan(stacks);
  expect(refused.code).toBe(1);
  expect(against(refused.out).split('\n').slice(1, 7)).toEqual([
    '    setting network.cidr  10.20.0.0/16 -> 10.21.0.0/16',
    '  -/+  network  dev-network-vpc    cidrBlock  10.20.0.0/16 -> 10.21.0.0/16   REPLACES it',
    '  -/+  network  dev-network-a      replaced: dev-network-vpc is replaced',
    '  -/+  kafka    dev-kafka-cluster  replaced: dev-network-a is replaced',
    '                                   lost: every record that its topics still hold, unless it is mirrored first',
    expect.stringContaining('cost'),
  ]);
  expect(against(refused.out)).toMatch(/data of kafka goes: add --allow-replace kafka when that is wanted$/);
  expect((await plan(stacks, '--allow-replace', 'postgres')).code).toBe(1);
  const allowed = await plan(stacks, '--allow-replace', 'components/kafka');
  expect([allowed.code, against(allowed.out).split('\n').at(-1)]).toEqual([0, '    data of kafka goes: allowed']);
});

test('data that is protected, or stays when it leaves the stack, is told as such', async () => {
  const keep = '  weir:dataPolicy: keep\n';
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings(`${keep}  weir:audit: true\n`) });
  write(stacks, settings(keep));
  const { code, out } = await plan(stacks);
  expect(against(out)).toContain('protected: the engine stops before it; set dataPolicy to drop by an up of its own first');
  expect(code).toBe(1);
  write(stacks, settings('  weir:audit: true\n'));
  const unprotected = await plan(stacks);
  expect(against(unprotected.out)).toContain('2 resources lose their protection: a destroy may take them');
  expect(against(unprotected.out)).toContain('2 resources with data no longer stay after a destroy');
  expect(unprotected.code).toBe(0);
});

test('a commit without the stack: everything is new', async () => {
  const stacks = committed({});
  write(stacks, settings());
  const { code, out } = await plan(stacks);
  expect(against(out)).toMatch(/^ {2}against main \([0-9a-f]{9}\): \d+ added\n {4}everything is new: it has no settings of dev$/);
  expect(code).toBe(0);
});

test('a commit is run with its own program, the files here with the one beside them', async () => {
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings() });
  writeFiles(stacks, { 'environment.ts': SMALL.replace("clusterName: 'dev'", "clusterName: 'other'") });
  expect(against((await plan(stacks)).out)).toMatch(/dev-kafka-cluster +clusterName {2}dev -> other {3}REPLACES it/);
});

test('a commit whose program fails, or whose settings are wrong, is told, and somebody has to look', async () => {
  const unfinished = committed({ 'stacks/environment.ts': programOf(`throw new Error('not finished');`), 'stacks/Pulumi.dev.yaml': settings() });
  writeFiles(unfinished, { 'environment.ts': SMALL });
  const failing = await plan(unfinished);
  expect(against(failing.out)).toMatch(/: not known\n {4}what changes is not known: its program failed while it was recorded: Error: not finished$/);
  expect(failing.code).toBe(1);
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings().replace('weir:owner', 'weir:ownr') });
  write(stacks, settings());
  const wrong = await plan(stacks);
  expect(against(wrong.out)).toContain('its settings have problems: weir:ownr "ownr" is not a field of settings');
  expect(wrong.code).toBe(1);
});

test('a base that git does not know, and a folder outside of git, cannot be compared', async () => {
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings() });
  const unknown = await run(['plan', 'dev', '--stacks', stacks, '--base', 'nope']);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('git knows no commit "nope"')]);
  const outside = scratch();
  writeFiles(outside, { 'Pulumi.dev.yaml': settings() });
  const none = await run(['plan', 'dev', '--stacks', outside, '--base', 'main']);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('is in no git repository')]);
});

test('markdown tells the same in a comment: changes as a diff, what needs a person in bold, the rest folded', async () => {
  const stacks = committed({ 'stacks/Pulumi.dev.yaml': settings() });
  write(stacks, settings('', '10.21.0.0/16'));
  const { code, out } = await plan(stacks, '--format', 'markdown');
  expect(code).toBe(1);
  expect(out).toMatch(/^### weir plan dev: 3 replaced/);
  expect(out).toContain('**Somebody has to act before this is merged.**');
  expect(out).toMatch(/^! -\/\+ +network +dev-network-vpc/m);
  expect(out).toMatch(/^\*\*Data of .*kafka.* goes\.\*\* When that is wanted, add .*`--allow-replace kafka`/m);
  expect(out).toMatch(/<details><summary>3 resources, \$[\d.,]+ a month<\/summary>/);
  expect(out.match(/<details>/g)?.length).toBe(out.match(/<\/details>/g)?.length);
});
