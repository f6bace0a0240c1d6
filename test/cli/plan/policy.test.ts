import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeManyModels } from '../../support/many-models.ts';
import { run, writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';
import { stackFileOf } from '../stack-file.ts';

const PULUMI = import.meta.resolve('@pulumi/pulumi');

/** A VPC with or without a record of its traffic, as settings say, and a tenant's namespace. */
const PROGRAM = `import * as pulumi from '${PULUMI}';
export function environment(): unknown {
  const { flowLogs } = new pulumi.Config('weir').requireObject<{ flowLogs: string }>('network');
  const made = (type: string, name: string, inputs: object, options: object) => new pulumi.CustomResource(type, name, inputs, options);
  const parent = new pulumi.ComponentResource('weir:network:Network', 'dev-network');
  const vpc = made('aws:ec2/vpc:Vpc', 'dev-network-vpc', { cidrBlock: '10.20.0.0/16' }, { parent });
  made('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', 'dev-network-default', { vpcId: vpc.id, ingress: [], egress: [] }, { parent });
  if (flowLogs !== 'off') made('aws:ec2/flowLog:FlowLog', 'dev-network-log', { vpcId: vpc.id }, { parent });
  return {};
}
`;

const WAIVER = `  weir:policies:
    waivers:
      - rule: vpc-flow-logs
        urn: "*::dev-network-vpc"
        reason: Nothing in this network carries anybody's data.
        owner: platform-team
`;

function settings(flowLogs: string, more = ''): string {
  return `config:
  weir:profile: dev
  weir:account: "123456789012"
  weir:region: eu-west-1
  weir:owner: platform-team
  weir:costCenter: ml-platform
  weir:network:
    cidr: 10.20.0.0/16
    flowLogs: "${flowLogs}"
  weir:access: {deploy: arn:aws:iam::123456789012:role/weir-deploy}
  weir:budget: {monthlyUsd: 9000, emails: [platform-team@example.com]}
${more}  weir:layers: [foundation]
`;
}

function stacks(flowLogs: string, more = ''): string {
  const folder = scratch();
  writeFiles(folder, { 'package.json': '{"type":"module"}', 'stacks/environment.ts': PROGRAM, 'stacks/Pulumi.dev.yaml': settings(flowLogs, more) });
  return join(folder, 'stacks');
}
const plan = (folder: string, ...more: readonly string[]) => run(['plan', 'dev', '--stacks', folder, ...more]);
const ONLY = `  weir:policies: {rules: {tags-complete: {level: disabled}, budget-exists: {level: disabled}}}\n`;

test('a setting that breaks a rule is told at its line, with what to do, and ends with 1', async () => {
  const folder = stacks('off', ONLY);
  const { code, out } = await plan(folder, '--policy');
  expect(code).toBe(1);
  expect(out).toContain('vpc-flow-logs (medium)');
  expect(out).toMatch(/Pulumi\.dev\.yaml:9:15/);
  expect(out).toContain('Set weir:network.flowLogs to rejected');
});

test('the same plan without --policy is not judged, and with the setting mended it holds', async () => {
  expect((await plan(stacks('off', ONLY))).code).toBe(0);
  const { code, out } = await plan(stacks('rejected', ONLY), '--policy');
  expect(out).toContain('no violations');
  expect(code).toBe(0);
});

test('a waiver holds until its day, and is told when it has passed', async () => {
  const rules = '    rules: {tags-complete: {level: disabled}, budget-exists: {level: disabled}}\n';
  const valid = await plan(stacks('off', `${WAIVER}        expires: "2099-12-31"\n${rules}`), '--policy');
  expect(valid.code).toBe(0);
  expect(valid.out).toContain('1 waived');
  const late = await plan(stacks('off', `${WAIVER}        expires: "2026-01-31"\n${rules}`), '--policy');
  expect(late.code).toBe(1);
  expect(late.out).toContain('2026-01-31');
});

test('programs get the report inside of the plan, and code scanning gets a file of its own', async () => {
  const folder = stacks('off', ONLY);
  const sarif = join(folder, 'out.sarif');
  const { code, out } = await plan(folder, '--json', '--sarif', sarif);
  expect(code).toBe(1);
  const { policies, stack } = JSON.parse(out);
  expect(stack).toBe('dev');
  expect(policies.findings).toMatchObject([{ rule: 'vpc-flow-logs', name: 'dev-network-vpc', place: { line: 9 } }]);
  const { runs } = JSON.parse(readFileSync(sarif, 'utf8'));
  expect(runs[0].results).toMatchObject([{ ruleId: 'vpc-flow-logs', level: 'error' }]);
  expect(runs[0].results[0].locations[0].physicalLocation.region.startLine).toBe(9);
});

test('a comment on a pull request has the plan and the table of findings', async () => {
  const { out } = await plan(stacks('off', ONLY), '--policy', '--format', 'markdown');
  expect(out).toContain('### weir plan dev');
  expect(out).toContain('vpc-flow-logs');
});

test('a model that breaks a rule is told at the line of its own file, and so is what the controller would make of it', async () => {
  const folder = scratch();
  const tenants = join(folder, 'tenants');
  rmSync(writeManyModels(tenants, 2, 1).bad.path);
  writeFiles(folder, { 'Pulumi.dev.yaml': stackFileOf(`  weir:tenantsDir: ${tenants}\n`) });
  const { code, out } = await plan(folder, '--policy');
  expect(code).toBe(1);
  expect(out).toMatch(/models\/m-\d\.yaml:2:8 +weir\.dev\/Model tenant-team-0\/m-\d +spec\.owner/);
  expect(out).toMatch(/models\/m-\d\.yaml:1:8 +apps\/Deployment tenant-team-0\/m-\d-a/);
});
