import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

export interface KueueValuesArgs {
  /** Of the controller: one leads, the others answer webhooks too. */
  readonly replicas: number;
  /** A label of the namespaces whose jobs are queued. */
  readonly namespaceLabel: string;
  /** Whether nodes are Weir's: `systemPods`. */
  readonly ownNodes: boolean;
  /** Kueue's own, as its image is tagged: `v0.19.2`. */
  readonly version: string;
}

/**
 * What waits in a queue. The chart's own list has deployments and stateful sets too, which would gate models that serve, and kinds that nobody here
 * installs (30-platform, 3.5).
 */
const QUEUED_FRAMEWORKS = ['batch/job', 'jobset.x-k8s.io/jobset', 'trainer.kubeflow.org/trainjob', 'pod'] as const;

/** Runs on system nodes: its webhook is asked before any pod of a tenant is made, a model's too, and with none to answer no model scales. */
export function kueueValues({ replicas, namespaceLabel, ownNodes, version }: KueueValuesArgs): Inputs {
  return {
    enablePrometheus: true,
    controllerManager: {
      replicas,
      manager: {
        priorityClassName: 'system-cluster-critical',
        image: { repository: 'registry.k8s.io/kueue/kueue', tag: version, pullPolicy: 'IfNotPresent' }, // the chart's default is the branch's staging image
        resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '512Mi' } }, // memory: the chart's; it waits more than it works
      },
      ...systemPods(ownNodes),
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'control-plane': 'controller-manager', 'app.kubernetes.io/name': 'kueue' } },
        },
      ],
      podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    },
    managerConfig: { controllerManagerConfigYaml: JSON.stringify(configuration(namespaceLabel), null, 2) },
  };
}

/** Kueue's configuration file; JSON is YAML. What is not said is the chart's own. */
function configuration(namespaceLabel: string): Inputs {
  return {
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    health: { healthProbeBindAddress: ':8081' },
    metrics: { bindAddress: ':8443', enableClusterQueueResources: true }, // quota and usage by queue and flavor: off by default, and the dashboard shows them
    webhook: { port: 9443 },
    leaderElection: { leaderElect: true, resourceName: 'c1f6bfd2.kueue.x-k8s.io' },
    controller: {
      groupKindConcurrency: {
        'Job.batch': 5,
        Pod: 5,
        'Workload.kueue.x-k8s.io': 10,
        'LocalQueue.kueue.x-k8s.io': 5,
        'ClusterQueue.kueue.x-k8s.io': 5,
        'ResourceFlavor.kueue.x-k8s.io': 1,
      },
    },
    clientConnection: { qps: 300, burst: 500 },
    manageJobsWithoutQueueName: false, // work without the label runs at once: pods of models have none
    managedJobsNamespaceSelector: { matchExpressions: [{ key: namespaceLabel, operator: 'Exists' }] },
    integrations: { frameworks: [...QUEUED_FRAMEWORKS] },
    objectRetentionPolicies: { workloads: { afterFinished: '168h' } }, // a week to look at; the default keeps every finished workload for ever
  };
}
