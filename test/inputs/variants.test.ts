import { expect, test } from 'vitest';
import type { TreeMap } from '../../runtime/model/layers/tree.ts';
import type { CloudProfile } from '../support/environments.ts';
import { checkNode, Sdks } from '../support/inputs/check-node.ts';
import { checkValues } from '../support/inputs/check-values.ts';
import { readConstraints } from '../support/inputs/constraints.ts';
import { PROFILES, recordProfile } from '../support/inputs/profiles.ts';
import { terraformPlan } from '../support/terraform/plan.ts';

const sdks = new Sdks();
const constraints = readConstraints();

/** Branches that no profile takes by itself: what a team may set, each at an end of its range. */
const VARIANTS: readonly (readonly [what: string, profile: CloudProfile, settings: TreeMap])[] = [
  ['no way out and every door to AWS', 'prod', { network: { nat: 'none', interfaceEndpoints: 'full' } }],
  ['a VPC where EKS puts its services by default', 'prod', { network: { cidr: '172.20.0.0/16' } }],
  ['a VPC in the smallest private block', 'prod', { network: { cidr: '192.168.0.0/16' } }],
  ['no flow logs', 'dev', { network: { flowLogs: 'off' } }],
  [
    'another region',
    'prod',
    {
      region: 'ap-southeast-2',
      backup: { copyRegion: 'ap-southeast-1' },
      network: { zones: ['ap-southeast-2a', 'ap-southeast-2c'] },
      kafka: { brokers: 4 },
    },
  ],
  ['a public endpoint for an office', 'dev', { cluster: { publicCidrs: ['203.0.113.0/24'] } }],
  ['a private endpoint for a VPN', 'prod', { cluster: { privateCidrs: ['10.99.0.0/24'] } }],
  ['a provisioned control plane that fills GPUs up', 'prod', { cluster: { tier: 'tier-xl', binPacking: true, zonalShift: false } }],
  [
    'every log of the control plane for ten years',
    'prod',
    { cluster: { logs: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], logDays: 3653 } },
  ],
  ['Arm nodes', 'prod', { nodes: { instance: 'm7g.large', rootGiB: 200 } }],
  ['the older Postgres, grown', 'prod', { postgres: { version: '16', storageGiB: 500, maxStorageGiB: 2000, backupDays: 7 } }],
  ['the older Kafka with more brokers', 'prod', { kafka: { version: '3.9.x.kraft', brokers: 6, retentionHours: 24 } }],
  ['Valkey with as many shards and snapshots as it may have', 'prod', { valkey: { version: '8.0', shards: 10, replicas: 3, snapshotDays: 35 } }],
  [
    'a compliance lock of ten years',
    'prod',
    { storage: { registryLock: 'compliance', registryLockDays: 3650, iUnderstandThisIsIrreversible: true } },
  ],
  ['backups without a lock, a copy or a test', 'small', { backup: { vaultLock: false, restoreTest: false } }],
  [
    'a budget that stops new instances, in an account that pays its own bill',
    'prod',
    { budget: { monthlyUsd: 100, denyAtLimit: true, payer: true } },
  ],
  ['no audit', 'small', { audit: false }],
  [
    'registries that want a user',
    'prod',
    {
      images: { pullThrough: ['ecrPublic', 'kubernetes', 'quay', 'dockerHub', 'github'] },
      registryCredentials: { dockerHub: { username: 'weir', accessToken: 'a' }, github: { username: 'weir', accessToken: 'b' } },
    },
  ],
];

test.each(PROFILES)('inputs of the platform alone are valid in %s, fed by what another stack tells', async (profile) => {
  const { graph, answered } = await recordProfile(profile, {}, 'platform');
  expect([...graph.values()].flatMap((node) => checkNode(node, sdks))).toEqual([]);
  expect(checkValues(graph, constraints, answered)).toEqual([]);
});

test.each(VARIANTS)('inputs are valid with %s', async (_, profile, settings) => {
  const { graph, answered, state } = await recordProfile(profile, settings);
  expect([...graph.values()].flatMap((node) => checkNode(node, sdks))).toEqual([]);
  expect(checkValues(graph, constraints, answered)).toEqual([]);
  expect(() => terraformPlan(graph, state, sdks)).not.toThrow();
});
