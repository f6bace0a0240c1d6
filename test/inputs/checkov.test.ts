import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkov, type Scan, withoutCheckov } from '../support/checkov.ts';
import { Sdks } from '../support/inputs/check-node.ts';
import { PROFILES, type RecordedProfile, recordProfile } from '../support/inputs/profiles.ts';
import { withInputs } from '../support/inputs/values.ts';
import { tempFolder } from '../support/temp.ts';
import { terraformPlan } from '../support/terraform/plan.ts';
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
    scan = await checkov(folder.path); // one process for all: its start costs seconds
  });

  const write = (file: string, { graph, state }: RecordedProfile) =>
    writeFileSync(join(folder.path, `${file}.json`), JSON.stringify(terraformPlan(graph, state, sdks)));
  const foundIn = (...files: readonly string[]) => scan.failed.filter(({ file }) => files.includes(file.replace('.json', '')));

  test('finds nothing that is not waived', () => {
    const { left } = applyWaivers(foundIn(...PROFILES), waivers);
    expect(left.map((each) => `${each.file} ${each.resource} ${each.rule}: ${each.title}`)).toEqual([]);
  });

  test('is waived nothing without a reason and a date', () => {
    expect(waiverProblems(waivers)).toEqual([]);
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

/** Prod's network, buckets and cluster, with what several rules look for gone. */
function weakened({ graph }: RecordedProfile): RecordedProfile['graph'] {
  const some = [...graph].filter(([, { type }]) => /^aws:(ec2\/vpc:|s3\/|eks\/cluster:)/.test(type)); // without flow logs
  let changed: RecordedProfile['graph'] = new Map(some);
  for (const node of graph.values()) {
    if (node.type === 'aws:eks/cluster:Cluster') changed = withInputs(changed, node, { ...node.inputs, encryptionConfig: undefined });
    if (node.type === 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock') {
      changed = withInputs(changed, node, { ...node.inputs, blockPublicAcls: false, blockPublicPolicy: false });
    }
  }
  return changed;
}
