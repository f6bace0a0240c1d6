import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkov, type Scan, withoutCheckov } from '../support/checkov.ts';
import { Sdks } from '../support/inputs/check-node.ts';
import { PROFILES, type RecordedProfile, recordProfile } from '../support/inputs/profiles.ts';
import { withInputs } from '../support/inputs/values.ts';
import { tempFolder } from '../support/temp.ts';
import { type PlannedResource, terraformPlan } from '../support/terraform/plan.ts';
import { applyWaivers, readWaivers, waiverProblems } from '../support/waivers.ts';

const sdks = new Sdks();
const waivers = readWaivers(new URL('checkov-waivers.json', import.meta.url));

describe.skipIf(withoutCheckov() !== null)('checkov over the Terraform plan of every profile', () => {
  const folder = tempFolder();
  afterAll(() => folder[Symbol.dispose]());
  let scan: Scan;

  beforeAll(async () => {
    for (const profile of PROFILES) {
      const recorded = await recordProfile(profile);
      write(profile, recorded);
      if (profile === 'prod') write('mutated', { ...recorded, graph: weakened(recorded) });
    }
    scan = await checkov(folder.path, 'terraform_plan'); // one process for all: its start costs seconds
  });

  const write = (file: string, { graph, state }: RecordedProfile) =>
    writeFileSync(join(folder.path, `${file}.json`), JSON.stringify(terraformPlan(graph, state, sdks)));
  const foundIn = (...files: readonly string[]) => scan.failed.filter(({ file }) => files.includes(file.replace('.json', '')));

  test('finds nothing that is not waived', () => {
    const { left } = applyWaivers(foundIn(...PROFILES), waivers);
    expect(left.map((each) => `${each.file} ${each.resource} ${each.rule}: ${each.title}`)).toEqual([]);
  });

  test('is waived nothing that it does not find any more', () => {
    expect(applyWaivers(foundIn(...PROFILES), waivers).unused).toEqual([]);
  });

  test.each(PROFILES)('has read the plan of %s: rules held in it, of one resource and of two that belong together', (profile) => {
    expect(scan.unreadable).toEqual([]);
    const rules = new Set(scan.passed.filter(({ file }) => file === `${profile}.json`).map(({ rule }) => rule));
    expect([...rules]).toEqual(expect.arrayContaining(['CKV_AWS_58', 'CKV2_AWS_6', 'CKV2_AWS_12', 'CKV2_AWS_61']));
    expect(rules.size).toBeGreaterThan(50);
  });

  test('finds what is taken away: flow logs, the lock on public access, the key of the cluster', () => {
    const rules = foundIn('mutated').map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['CKV2_AWS_11', 'CKV2_AWS_6', 'CKV_AWS_58', 'CKV_AWS_53']));
  });
});

/** Prod with what several rules look for gone. */
function weakened({ graph }: RecordedProfile): RecordedProfile['graph'] {
  let changed: RecordedProfile['graph'] = new Map([...graph].filter(([, node]) => node.type !== 'aws:ec2/flowLog:FlowLog'));
  for (const node of graph.values()) {
    if (node.type === 'aws:eks/cluster:Cluster') changed = withInputs(changed, node, { ...node.inputs, encryptionConfig: undefined });
    if (node.type === 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock') {
      changed = withInputs(changed, node, { ...node.inputs, blockPublicAcls: false, blockPublicPolicy: false });
    }
  }
  return changed;
}

describe('the Terraform plan of a graph', () => {
  let resources: readonly PlannedResource[] = [];
  beforeAll(async () => {
    const { graph, state } = await recordProfile('prod');
    resources = terraformPlan(graph, state, sdks).planned_values.root_module.resources;
  });
  const planned = (type: string) => resources.find((each) => each.type === type)?.values;

  test('has every resource of AWS once', async () => {
    const { graph } = await recordProfile('prod');
    const made = [...graph.values()].filter((node) => node.custom && /^(aws|random):/.test(node.type));
    expect(new Set(resources.map(({ address }) => address)).size).toBe(made.length);
  });

  test('writes names in snake case, a block as a list of one, and a map as it is', () => {
    expect(planned('aws_eks_cluster')).toMatchObject({
      vpc_config: [{ endpoint_private_access: true }],
      upgrade_policy: [{ support_type: 'STANDARD' }],
    });
    expect(planned('aws_vpc')).toMatchObject({ enable_dns_hostnames: true, tags: { Name: 'prod-network' } });
  });

  test('writes a list of blocks in the singular, and a list of values as it is', () => {
    expect(planned('aws_s3_bucket_lifecycle_configuration')).toMatchObject({ rule: [{ status: 'Enabled' }] });
    expect(planned('aws_eks_cluster')).toMatchObject({ enabled_cluster_log_types: ['api', 'audit', 'authenticator'] });
  });

  test('names the resource that an input came from', () => {
    expect(planned('aws_subnet')).toMatchObject({ vpc_id: 'aws_vpc.prod-network-vpc.id' });
    expect(planned('aws_eks_cluster')).toMatchObject({ encryption_config: [{ provider: [{ key_arn: 'aws_kms_key.prod-keys-cluster.arn' }] }] });
    expect(planned('aws_eks_addon')).toMatchObject({ cluster_name: 'aws_eks_cluster.prod-cluster-eks.name' });
  });
});

describe('a waiver', () => {
  const waiver = { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster\\.a', reason: 'costs more than it tells', date: '2026-11-21' };

  test('needs a reason, a date and a resource', () => {
    expect(waiverProblems(waivers)).toEqual([]);
    expect(waiverProblems([{ ...waiver, reason: 'later' }])).toEqual(['CKV_AWS_37 of aws_eks_cluster\\.a says no reason']);
    expect(waiverProblems([{ ...waiver, date: 'soon' }])).toEqual(['CKV_AWS_37 of aws_eks_cluster\\.a has no date']);
    expect(waiverProblems([{ ...waiver, resource: '.*' }])).toEqual(['CKV_AWS_37 of .* covers everything: name the resources']);
  });

  test('covers the whole address of its rule’s resource and no other', () => {
    const findings = [
      { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster.a' },
      { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster.ab' },
      { rule: 'CKV_AWS_38', resource: 'aws_eks_cluster.a' },
    ];
    expect(applyWaivers(findings, [waiver]).left).toEqual(findings.slice(1));
    expect(applyWaivers(findings.slice(1), [waiver]).unused).toEqual([waiver]);
  });
});
