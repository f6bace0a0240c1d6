import type { Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { ClusterBase } from '../../components/kubernetes/cluster-base.ts';
import { ArgsError } from '../../runtime/errors.ts';
import type { Below } from '../../stacks/platform/below.ts';
import { type BuiltControllers, buildControllers } from '../../stacks/platform/controllers.ts';
import { buildGpuMetrics, buildNodes, checkedCluster } from '../../stacks/platform/nodes.ts';
import { releasesOf } from '../support/charts.ts';
import { NODES_OVER_FOUNDATION, NODES_RULES } from '../support/destroy-nodes.ts';
import { PROFILES } from '../support/environments.ts';
import { objectsOf, recordPart } from '../support/platform-parts.ts';

/** The second wave as the platform puts it together, with training and sharing, so that every pool is there. */
const POOLS = { pools: { gpus: 4, trainingGpus: 8, sharedGpus: 2, gpuSpot: 'on' } };

function wave(below: Below, after: readonly Resource[]): { readonly controllers: BuiltControllers } {
  const { settings, foundation, inside } = below;
  const ownCluster = foundation.cluster.owner.apply((owner) => owner === 'weir');
  const given = { version: foundation.cluster.version, ownCluster, volumeKeyArn: foundation.keys.cluster };
  const base = new ClusterBase(`${settings.environment}-base`, given, inside);
  const first = [...after, ...base.ready];
  buildNodes(below, first);
  buildGpuMetrics(below, first);
  return { controllers: buildControllers(below, first) };
}

const specOf = (object: unknown): Readonly<Record<string, unknown>> => Object(Object(unwrapped(object)).spec);

describe.each(PROFILES)('%s', (profile) => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordPart(profile, wave, { settings: POOLS }));
  });

  test('a first preview shows what the update makes', async () => {
    const preview = await recordPart(profile, wave, { settings: POOLS, preview: true });
    expect([...preview.graph.keys()].sort()).toEqual([...graph.keys()].sort());
    expect(preview.duplicates).toEqual([]);
  });

  test.each([...NODES_RULES, ...NODES_OVER_FOUNDATION])('$id: $rule', ({ check, broken }) => {
    expect(check(graph)).toEqual([]);
    expect(check(broken(graph))).not.toEqual([]);
  });

  test('nodes are of this image, in the tagged subnets, in one group, encrypted, and keep their credentials to themselves', () => {
    const classes = objectsOf(graph, 'EC2NodeClass');
    expect(Object.keys(classes).sort()).toEqual(['general', 'gpu']);
    for (const nodeClass of Object.values(classes)) {
      expect(specOf(nodeClass)).toMatchObject({
        role: `weir-${profile}-karpenter-nodes`,
        amiSelectorTerms: [{ alias: expect.stringMatching(/^al2023@v\d{8}$/) }],
        subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': `weir-${profile}` } }],
        securityGroupSelectorTerms: [{ id: `${profile}-cluster-nodes-nodeSecurityGroup-id` }],
        blockDeviceMappings: [{ rootVolume: true, ebs: { volumeType: 'gp3', encrypted: true, kmsKeyID: expect.stringContaining(':kms:') } }],
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        tags: { platform: 'weir', env: profile, 'managed-by': 'pulumi' },
      });
    }
    const { instanceStorePolicy, userData, blockDeviceMappings } = specOf(classes.gpu);
    expect(instanceStorePolicy).toBe('RAID0');
    expect(JSON.parse(String(userData))).toMatchObject({ kind: 'NodeConfig', spec: { featureGates: { FastImagePull: true } } });
    expect(blockDeviceMappings).toMatchObject([{ ebs: { volumeSize: '200Gi', throughput: 600, iops: 3000 } }]);
  });

  test('Karpenter is told its cluster, its queue and its account, and leaves its kinds to a release of their own', () => {
    const release = releasesOf(graph).find(({ chart }) => chart === 'karpenter');
    expect(release).toMatchObject({
      namespace: 'kube-system',
      skipCrds: true,
      values: {
        serviceAccount: { name: 'karpenter' },
        settings: { clusterName: `weir-${profile}`, interruptionQueue: `weir-${profile}-karpenter`, isolatedVPC: false, enableZonalShift: true },
      },
    });
  });

  test('daemons of GPUs choose nodes of every pool with GPUs, and tolerate their taint', () => {
    const daemons = releasesOf(graph).filter(({ chart }) => ['nvidia-device-plugin', 'dcgm-exporter'].includes(chart));
    expect(daemons.map(({ namespace }) => namespace)).toEqual(['weir-node-agents', 'weir-node-agents']);
    for (const { values } of daemons) {
      expect(values).toMatchObject({
        nodeSelector: { accelerator: 'nvidia' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      });
    }
    const pools = Object.values(objectsOf(graph, 'NodePool')).map((pool) => specOf(pool));
    const gpus = pools.filter(({ limits }) => 'nvidia.com/gpu' in Object(limits));
    expect(gpus).toHaveLength(4);
    for (const { template } of gpus) expect(template).toMatchObject({ metadata: { labels: { accelerator: 'nvidia' } } });
  });

  test('pods that take turns on a GPU get whole names and one turn each', () => {
    const plugin = releasesOf(graph).find(({ chart }) => chart === 'nvidia-device-plugin');
    const { config } = Object(plugin?.values);
    expect(Object.keys(config.map).sort()).toEqual(['time-slicing', config.default]);
    expect(JSON.parse(config.map['time-slicing'])).toEqual({
      version: 'v1',
      sharing: { timeSlicing: { renameByDefault: false, failRequestsGreaterThanOne: true, resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] } },
    });
    const { template } = specOf(objectsOf(graph, 'NodePool')['gpu-shared']);
    expect(template).toMatchObject({ metadata: { labels: { 'nvidia.com/device-plugin.config': 'time-slicing' } } });
  });

  test("Mountpoint's driver comes after a pool that takes it, and has the version of the cluster", () => {
    const addon = [...graph.values()].find(({ inputs }) => inputs.addonName === 'aws-mountpoint-s3-csi-driver');
    expect(addon?.inputs).toMatchObject({ addonVersion: 'v2.4.1-eksbuild.1', configurationValues: '{"node":{"tolerateAllTaints":true}}' });
    expect(addon?.dependencies.some((urn) => urn.endsWith(`${profile}-pools-general`))).toBe(true);
  });
});

test('without sharing no node has another configuration, and there is no such pool', async () => {
  const { graph } = await recordPart('prod', wave);
  expect(Object(releasesOf(graph).find(({ chart }) => chart === 'nvidia-device-plugin')?.values).config).toBeUndefined();
  expect(Object.keys(objectsOf(graph, 'NodePool')).sort()).toEqual(['cpu-inference', 'general', 'gpu-inference']);
});

test('in a network without a way out nodes have a profile that is there, and Karpenter asks neither IAM nor prices', async () => {
  const network = { nat: 'none', interfaceEndpoints: 'full' };
  const { graph } = await recordPart('prod', wave, { settings: { network } });
  const spec = specOf(objectsOf(graph, 'EC2NodeClass').general);
  expect(spec).toMatchObject({ instanceProfile: 'weir-prod-karpenter-nodes' });
  expect(spec.role).toBeUndefined();
  const { settings } = Object(releasesOf(graph).find(({ chart }) => chart === 'karpenter')?.values);
  expect(settings).toMatchObject({ isolatedVPC: true, enableZonalShift: false });
});

test('where another team starts the nodes, nothing of Karpenter or of GPUs is made, and controllers run on any node', async () => {
  const below = (given: Below): Below => ({ ...given, settings: { ...given.settings, karpenter: 'off' }, foundation: foreign(given) });
  const { graph } = await recordPart('small', wave, { below });
  const charts = releasesOf(graph).map(({ chart }) => chart);
  expect(charts.sort()).toEqual(['aws-load-balancer-controller', 'cert-manager', 'external-secrets']);
  expect(objectsOf(graph, 'NodePool')).toEqual({});
  for (const { values } of releasesOf(graph)) expect(JSON.stringify(values)).not.toContain('"workload":"system"');
});

const foreign = ({ foundation }: Below): Below['foundation'] => ({
  ...foundation,
  cluster: { ...foundation.cluster, owner: pulumi.output('another team') },
});

test.each([
  ['on', 'another team', 'is on, and the cluster is that of another team'],
  ['off', 'weir', 'is off in a cluster of its own: nothing would start nodes'],
] as const)('Karpenter %s in a cluster of %s is a mistake, told once the owner is known', async (karpenter, owner, problem) => {
  const asked: Promise<unknown>[] = [];
  await recordPart('small', (below) => {
    const cluster = { ...below.foundation.cluster, owner: pulumi.output(owner) };
    const name = checkedCluster({ ...below, settings: { ...below.settings, karpenter }, foundation: { ...below.foundation, cluster } });
    asked.push(
      new Promise((told) => {
        name.apply(told);
        told('agreed');
      }),
    );
  }).catch((error: unknown) => asked.push(Promise.resolve(error)));
  const answers = await Promise.all(asked);
  expect(answers.find((answer) => answer instanceof ArgsError)).toMatchObject({ path: 'weir:karpenter', problem });
});
