import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findingsOf } from '../../../cli/plan/findings.ts';
import { readStackFile } from '../../../cli/plan/stack-file.ts';
import { supportDates } from '../../../cli/plan/support.ts';
import { countedKind, kindOf } from '../../../cli/plan/words.ts';
import { run, writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';
import { stackFileOf } from '../stack-file.ts';
import { graphOf, nodeOf } from './graphs.ts';

const STACKS = fileURLToPath(new URL('../../../stacks', import.meta.url));
const TODAY = new Date('2026-11-21T12:00:00Z');

test('the plan of dev says where, what, what it costs, what it rests on, and what to know before a destroy', async () => {
  const { code, out, err } = await run(['plan', 'dev', '--stacks', STACKS]);
  expect([code, err]).toEqual([0, '']);
  const [head, table = '', ...blocks] = out.split('\n\n');
  expect(head).toBe('dev: foundation + platform + tenants     eu-west-1, account 123456789012, profile dev, 2 zones     no credentials used');
  expect(table).toMatch(/^ {2}foundation$/m);
  expect(table).toMatch(/^ {4}network +\d+ +\$\d+ +\d+ .*subnets/m);
  expect(table).toMatch(/^ {4}kafka +\d+ +\$[\d,]+( \+ \?)? +.*1 MSK cluster/m);
  expect(table).toMatch(
    /^ {2}total +\d+ +\$[\d,]+ +\$[\d,]+ of it by assumed use \(--assumptions\).*, prices of 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d$/m,
  );
  expect(blocks.join('\n\n')).toMatch(/^ {2}relies on\n {4}access\.deploy {2}arn:aws:iam::123456789012:role\/weir-deploy$/m);
  expect(blocks.join('\n\n')).toMatch(/^ {4}note +stack +destroy runs no-nodes-left, no-balancer-left and refuses without the program/m);
  expect(blocks.join('\n\n')).toMatch(/^ {2}support +EKS 1\.35 ends 2027-03-27 \(126 days\)$/m);
});

test('--json has the same facts, --assumptions lists what the price rests on', async () => {
  const json = await run(['plan', 'dev', '--stacks', STACKS, '--json']);
  const facts: { count: number; resources: { topics: { topic: string }[] }[]; cost: { monthlyUsd: number }; base: null } = JSON.parse(json.out);
  expect(facts.count).toBeGreaterThan(100);
  expect(facts.resources.flatMap(({ topics }) => topics.map(({ topic }) => topic))).toContain('postgres');
  expect([facts.base, facts.cost.monthlyUsd > 100]).toEqual([null, true]);
  const { out } = await run(['plan', 'dev', '--stacks', STACKS, '--assumptions']);
  expect(out).toMatch(/^The price assumes:\n(.*\n)*usage\.natGb +50 +GB a month/m);
});

test('--prices lists every charge, and they add up to the total', async () => {
  const { out } = await run(['plan', 'dev', '--stacks', STACKS, '--prices']);
  const json = await run(['plan', 'dev', '--stacks', STACKS, '--json']);
  const { cost }: { cost: { monthlyUsd: number; items: { source: string; monthlyUsd: number }[] } } = JSON.parse(json.out);
  const [, list = ''] = out.split('What a month is made of:\n');
  expect(list).toMatch(/^dev-nodes-group +m7i\.large nodes +2,190 hour x 0\.\d+ +\$\d+ /m);
  expect(list.trimEnd().split('\n')).toHaveLength(1 + cost.items.filter(({ source }) => source !== 'free').length);
  expect(cost.items.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(cost.monthlyUsd, 6);
});

test('in a region without prices the total says that it is none, and what is not counted is told by topic', async () => {
  const folder = scratch();
  const text = readFileSync(join(STACKS, 'Pulumi.dev.yaml'), 'utf8').replaceAll('eu-west-1', 'us-west-1');
  writeFiles(folder, { 'Pulumi.dev.yaml': text });
  const { out } = await run(['plan', 'dev', '--stacks', folder]);
  expect(out).toMatch(/^ {2}total +\d+ +\$0\.00 \+ \?/m);
  const told = out.split('\n').filter((line) => line.startsWith('  not priced'));
  expect(told.length).toBeLessThan(15);
  expect(out).toMatch(
    /^ {2}not priced {2}keys: \d+ charges, such as KMS key \(no price of kms\.key in us-west-1 is known, .*\); --prices has each$/m,
  );
});

test('a split environment is planned too: the stack above gets what the one below would tell', async () => {
  const folder = scratch();
  writeFiles(folder, {
    'Pulumi.dev.yaml': stackFileOf('  weir:layers: [foundation]\n'),
    'Pulumi.dev-platform.yaml': stackFileOf('  weir:layers: [platform]\n  weir:upstream: dev\n'),
    'Pulumi.away.yaml': stackFileOf('  weir:layers: [platform]\n  weir:upstream: dev\n').replace('eu-west-1', 'us-east-1'),
    'Pulumi.both.yaml': stackFileOf(),
    'Pulumi.twice.yaml': stackFileOf('  weir:layers: [platform]\n  weir:upstream: both\n'),
    'Pulumi.lost.yaml': stackFileOf('  weir:layers: [platform]\n  weir:upstream: nowhere\n'),
  });
  const above = await run(['plan', 'dev-platform', '--stacks', folder]);
  expect([above.code, above.err]).toEqual([0, '']);
  expect(above.out).toContain('dev-platform (environment dev): platform (on stack dev)');
  expect(above.out).toMatch(/^ {4}upstream +the outputs of stack dev$/m);
  expect(above.out).not.toMatch(/^ {2}foundation$/m);
  const lost = await run(['plan', 'lost', '--stacks', folder]);
  expect([lost.code, lost.err]).toEqual([
    2,
    expect.stringMatching(/Pulumi\.lost\.yaml:11:18 {2}weir:upstream {2}there are no settings of "nowhere"\n.*There are: away, both, dev, /),
  ]);
  const away = await run(['plan', 'away', '--stacks', folder]);
  const apart = '"dev" lies in eu-west-1 of account 123456789012, this stack in us-east-1 of 123456789012';
  expect([away.code, away.err]).toEqual([2, expect.stringContaining(`Pulumi.away.yaml:11:18  weir:upstream  ${apart}`)]);
  const twice = await run(['plan', 'twice', '--stacks', folder]);
  expect([twice.code, twice.err]).toEqual([
    2,
    expect.stringContaining('Pulumi.twice.yaml:11:18  weir:upstream  "both" builds foundation, platform, tenants itself'),
  ]);
});

test('findings: what a person should weigh, and which of them stop', () => {
  const read = readStackFile(STACKS, 'prod');
  if (read.kind === 'wrong') throw new Error('prod has no settings');
  const { settings } = read.stackFile;
  const nat = nodeOf('aws:ec2/natGateway:NatGateway', 'nat', { topic: 'network' });
  const addon = nodeOf('aws:eks/addon:Addon', 'dns', { topic: 'cluster', inputs: { addonName: 'coredns' } });
  const open = { endpointPublicAccess: true, publicAccessCidrs: ['192.0.2.0/24'] };
  const eks = nodeOf('aws:eks/cluster:Cluster', 'eks', { topic: 'cluster', inputs: { version: '1.33', vpcConfig: open } });
  const group = nodeOf('aws:eks/nodeGroup:NodeGroup', 'g', { topic: 'nodes', hooks: { beforeDelete: ['no-nodes-left'], onError: [] } });
  const graph = graphOf(nat, addon, eks, group);
  const support = supportDates(graph, TODAY);
  const found = findingsOf({
    recording: { graph, duplicates: [nat.urn] },
    settings,
    support,
    monthlyUsd: settings.budget.monthlyUsd + 1,
    tenants: [],
  });
  expect(found.map(({ level, topic, text }) => `${level} ${topic}: ${text}`)).toEqual([
    'error network: nat is made twice: the engine refuses the second',
    'error cluster: support of EKS 1.33 ended on 2026-07-29',
    'warning cluster: EKS chooses the version of coredns: none was verified for this cluster',
    'warning network: 1 NAT gateway for 3 zones: no way out while its zone is down',
    "warning cluster: the cluster's API answers the internet, from 192.0.2.0/24",
    'warning budget: the estimate of $15,001 a month is above the budget of $15,000',
    'note stack: destroy runs no-nodes-left and refuses without the program',
  ]);
  const quiet = graphOf(nodeOf('aws:eks/cluster:Cluster', 'eks', { topic: 'cluster', inputs: { version: '1.35' }, retainOnDelete: true }));
  const calm = findingsOf({ recording: { graph: quiet, duplicates: [] }, settings, support: supportDates(quiet, TODAY), monthlyUsd: 1, tenants: [] });
  expect(calm.map(({ level }) => level)).toEqual(['note']);
  const inside = nodeOf('aws:eks/cluster:Cluster', 'eks', { inputs: { version: '1.35', vpcConfig: { endpointPublicAccess: false } } });
  const { copyRegion: _, ...backup } = settings.backup;
  const alone = { graph: graphOf(inside, nodeOf('pulumi:providers:kubernetes', 'k8s')), duplicates: [] };
  const told = findingsOf({ recording: alone, settings: { ...settings, backup }, support: [], monthlyUsd: 1, tenants: [] });
  expect(told.map(({ level, text }) => `${level}: ${text}`)).toEqual([
    'warning: backups lie in this region alone, and go with it',
    "note: the cluster's API answers inside its VPC alone, and this stack puts objects into it",
  ]);
});

test('support dates come from the graph, with the days that are left', () => {
  const graph = graphOf(
    nodeOf('aws:eks/cluster:Cluster', 'eks', { inputs: { version: '1.34' } }),
    nodeOf('aws:msk/cluster:Cluster', 'msk', { inputs: { kafkaVersion: '4.0.x.kraft' } }),
    nodeOf('kubernetes:helm.sh/v3:Release', 'way-in', { inputs: { chart: 'oci://docker.io/envoyproxy/gateway-helm', version: 'v1.9.1' } }),
    nodeOf('kubernetes:helm.sh/v3:Release', 'keda', { inputs: { chart: 'keda', version: '2.20.2' } }),
  );
  expect(supportDates(graph, TODAY).map(({ product, version, state, days }) => [product, version, state, days])).toEqual([
    ['EKS', '1.34', 'warn', 11],
    ['MSK', '4.0', 'ok', null],
    ['Envoy Gateway', '1.9', 'warn', 85],
  ]);
});

test.each([
  ['aws:ec2/vpcEndpoint:VpcEndpoint', 1, '1 VPC endpoint'],
  ['aws:ec2/subnet:Subnet', 15, '15 subnets'],
  ['aws:ec2/eip:Eip', 3, '3 elastic IPs'],
  ['aws:rds/instance:Instance', 1, '1 RDS instance'],
  ['aws:iam/rolePolicy:RolePolicy', 2, '2 IAM role policies'],
  ['aws:s3/bucketOwnershipControls:BucketOwnershipControls', 2, '2 bucket ownership controls'],
  ['aws:eks/accessEntry:AccessEntry', 2, '2 EKS access entries'],
  ['kubernetes:scheduling.k8s.io/v1:PriorityClass', 2, '2 Kubernetes priority classes'],
  ['random:index/randomId:RandomId', 1, '1 random id'],
])('%s is called what people call it', (type, count, words) => {
  expect(countedKind(count, kindOf(type))).toBe(words);
});

test('a picture that cannot be written is told', async () => {
  const { code, err } = await run(['plan', 'dev', '--stacks', STACKS, '--graph', join(scratch(), 'no', 'such.html')]);
  expect([code, err]).toEqual([2, expect.stringContaining('cannot be written')]);
});

test('what only the program refuses is told at its line too, without what should have been secret', async () => {
  const folder = scratch();
  const config = `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-platform
  weir:network: {cidr: 10.20.0.0/16}
  weir:access: {deploy: arn:aws:iam::123456789012:role/weir-deploy}
  weir:budget: {emails: [platform-team@example.com]}
  weir:images: {pullThrough: [dockerHub]}
  weir:registryCredentials: {dockerHub: {username: robot, accessToken: PLANTED-TOKEN}}
  weir:layers: [foundation]
`;
  writeFiles(folder, { 'Pulumi.dev.yaml': config });
  const { code, out, err } = await run(['plan', 'dev', '--stacks', folder]);
  expect(code).toBe(2);
  expect(err).toContain(`${join(folder, 'Pulumi.dev.yaml')}:11:`);
  expect(err).toContain('weir:registryCredentials  is not encrypted');
  expect(out + err).not.toContain('PLANTED');
});

test('a topic that does not exist allows nothing, and is told', async () => {
  const { code, err } = await run(['plan', 'dev', '--stacks', STACKS, '--allow-replace', 'kafak']);
  expect([code, err]).toEqual([2, expect.stringContaining('Did you mean kafka?')]);
});
