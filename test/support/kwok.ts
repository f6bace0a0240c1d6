import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { type KeptProcess, keepProcess, untilReady } from './kept-process.ts';
import { missingTool, toolsFolder } from './tools.ts';

const SERVERS = ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const;

/** What a platform's objects need to become pods and to go again; the others of the manager's controllers have nothing to do here. */
const CONTROLLERS = [
  'namespace-controller',
  'node-lifecycle-controller', // takes off the taint that every new node has
  'garbage-collector-controller',
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'job-controller',
  'disruption-controller',
  'serviceaccount-controller',
  'resourcequota-controller',
];

/** A node that kwok plays. */
interface FakeNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly gpus: number;
}

/** One of each kind that Weir's clusters have (30-platform, 2.3), in one zone, large enough for everything. */
const NODES: readonly FakeNode[] = [
  { name: 'system', labels: { workload: 'system' }, taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }], gpus: 0 },
  { name: 'system-2', labels: { workload: 'system' }, taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }], gpus: 0 },
  { name: 'general', labels: { workload: 'general', 'karpenter.sh/nodepool': 'general' }, taints: [], gpus: 0 },
  { name: 'general-2', labels: { workload: 'general', 'karpenter.sh/nodepool': 'general' }, taints: [], gpus: 0 },
  {
    name: 'gpu',
    labels: { workload: 'gpu-inference', accelerator: 'nvidia', 'karpenter.sh/nodepool': 'gpu-inference' },
    taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
    gpus: 4,
  },
];

/** Why no pods can run here, for `describe.skipIf`; null when they can. @throws under `CI` */
export function kwokMissing(): string | null {
  const files = SERVERS.map((name) => join(toolsFolder(), 'bin', name));
  return missingTool('controllers', [...files, join(toolsFolder(), 'kwok')]);
}

/** Starts the controller manager, the scheduler and kwok, and makes nodes: pods of Deployments then turn Ready by themselves, though nothing runs in them. */
export async function startKwok(cluster: Cluster): Promise<AsyncDisposable> {
  const servers: KeptProcess[] = SERVERS.map((name) => {
    const folder = mkdtempSync(join(tmpdir(), `weir-${name}-`)); // each removes its own when it ends
    return keepProcess({ command: join(toolsFolder(), 'bin', name), args: argsOf(name, cluster.kubeconfig), folder });
  });
  const stop = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    for (const node of NODES) await cluster.create(nodeOf(node));
    await untilReady(servers, 60, async () => (await Promise.all(NODES.map(({ name }) => isReady(cluster, name)))).every((ready) => ready));
    return { [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function argsOf(name: (typeof SERVERS)[number], kubeconfig: string): readonly string[] {
  const given = `--kubeconfig=${kubeconfig}`;
  if (name === 'kwok')
    return [given, '--manage-all-nodes=true', '--node-ip=127.0.0.1', '--cidr=10.77.0.0/16', ...stages().map((file) => `--config=${file}`)];
  const alone = ['--leader-elect=false', '--bind-address=127.0.0.1', '--secure-port=0', '--kube-api-qps=200', '--kube-api-burst=400'];
  return name === 'kube-scheduler' ? [given, ...alone] : [given, ...alone, `--controllers=${CONTROLLERS.join(',')}`];
}

function stages(): readonly string[] {
  const versions = join(toolsFolder(), 'kwok');
  const folder = join(versions, readdirSync(versions).sort().at(-1) ?? '');
  return readdirSync(folder).map((file) => join(folder, file));
}

function nodeOf({ name, labels, taints, gpus }: FakeNode): object {
  const capacity = { cpu: '64', memory: '512Gi', pods: '250', 'ephemeral-storage': '1Ti', ...(gpus > 0 ? { 'nvidia.com/gpu': `${gpus}` } : {}) };
  const common = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'topology.kubernetes.io/zone': 'eu-west-1a',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...common, ...labels }, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    spec: { taints },
    status: { capacity, allocatable: capacity },
  };
}

interface StoredNode {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

async function isReady(cluster: Cluster, name: string): Promise<boolean> {
  const node: StoredNode | null = await cluster.get({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
  return node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
