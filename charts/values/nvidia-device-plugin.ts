import type { Inputs } from '@pulumi/pulumi';

/** What the device plugin is told. */
export interface DevicePluginValues {
  /** Labels of GPU nodes, of all pools. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Readonly<Record<string, string>>[];
  /** How pods take turns on the nodes that carry `label`. Default: no node has turns. */
  readonly sharing?: { readonly config: string; readonly replicas: number };
}

/** The configuration of nodes that name none. */
const WHOLE = 'whole';

/**
 * Values of chart `nvidia-device-plugin`: without it a GPU node has no GPU that a pod could ask for. Nodes are chosen by Karpenter's labels, not by
 * those of Node Feature Discovery, which would come minutes later.
 */
export function devicePluginValues({ nodeSelector, tolerations, sharing }: DevicePluginValues): Inputs {
  return {
    fullnameOverride: 'nvidia-device-plugin',
    nodeSelector,
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [selected(nodeSelector)] } } },
    tolerations,
    priorityClassName: 'system-node-critical',
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    gfd: { enabled: false },
    ...(sharing === undefined ? {} : { config: configOf(sharing) }),
  };
}

/** The chart's own terms ask for labels that nobody sets here; a list takes the place of theirs. */
const selected = (labels: Readonly<Record<string, string>>) => ({
  matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
});

/**
 * A node names its configuration by the label `nvidia.com/device-plugin.config`. GPUs keep their name, or Karpenter would wait for ever for the one it
 * knows (bottlerocket#4250); a pod cannot ask for two turns, since they would be turns on one GPU.
 */
function configOf({ config, replicas }: NonNullable<DevicePluginValues['sharing']>): Inputs {
  const version = 'v1';
  const timeSlicing = { renameByDefault: false, failRequestsGreaterThanOne: true, resources: [{ name: 'nvidia.com/gpu', replicas }] };
  const map = { [WHOLE]: { version }, [config]: { version, sharing: { timeSlicing } } };
  return { default: WHOLE, map: Object.fromEntries(Object.entries(map).map(([name, content]) => [name, JSON.stringify(content)])) };
}
