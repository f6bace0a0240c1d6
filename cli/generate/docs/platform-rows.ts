import type { ChartName } from '../../../charts/pins.ts';

/** Why a chart is there, and what a team that wants it otherwise can do. */
export interface ChartReason {
  readonly part: string;
  readonly why: string;
  readonly instead: string;
}

const CRDS_OF = 'Its kinds come before everything that uses them, and go after it: deleting a kind deletes every object of it.';

/** By chart: a chart without a reason does not compile. */
export const CHART_REASONS: Readonly<Record<ChartName, ChartReason>> = {
  'karpenter-crd': { part: 'Nodes', why: CRDS_OF, instead: '`karpenter: off`' },
  karpenter: {
    part: 'Nodes',
    why: 'Starts the node that a waiting pod needs, reserved before on-demand before spot, and ends idle ones: a GPU that nobody uses is the dearest thing here.',
    instead: '`karpenter: off` where another team starts nodes',
  },
  'prometheus-operator-crds': { part: 'Metrics', why: CRDS_OF, instead: 'none: rules and monitors are written for it' },
  'kube-prometheus-stack': {
    part: 'Metrics',
    why: 'Prometheus, Alertmanager and Grafana by one operator: rules, routes and dashboards are objects that a plan can show.',
    instead: '`prometheus.days`, `prometheus.GiB`; a long-term store by remote write is left to the team',
  },
  'nvidia-device-plugin': {
    part: 'GPUs',
    why: 'Makes a GPU something that a pod can ask for. The GPU operator does more (drivers, MIG) than an Amazon Linux node with its drivers needs.',
    instead: '`pools.sharedGpus` for time-slicing',
  },
  'dcgm-exporter': { part: 'GPUs', why: "NVIDIA's own counters, by pod: utilisation, memory, XID errors.", instead: 'none' },
  'cert-manager': {
    part: 'Certificates',
    why: 'Certificates of webhooks and of the gateway, renewed by themselves.',
    instead: '`gateway.certificate` for the outside',
  },
  'external-secrets': {
    part: 'Secrets',
    why: 'Reads Secrets Manager and makes up passwords inside the cluster: none stands in the state or in a chart.',
    instead: 'none',
  },
  'aws-load-balancer-controller': { part: 'Way in', why: 'Makes the one network load balancer, and removes it again.', instead: 'none' },
  'gateway-helm': {
    part: 'Way in',
    why: 'Envoy with weights, mirrors, JWT and rate limits as objects of the Gateway API; ingress-nginx is retired, and a load balancer alone has no mirror.',
    instead: '`gateway.*`',
  },
  'external-dns': { part: 'Way in', why: 'Writes the names of what the gateway serves.', instead: 'leave `gateway.dnsZone` out' },
  keda: {
    part: 'Autoscaling',
    why: 'Scales by what waits for a model, from zero; the plain autoscaler knows CPU alone.',
    instead: "each model's `serving.autoscaling`",
  },
  kueue: {
    part: 'Training',
    why: 'Shares GPUs between tenants: each has its own, and borrows what others leave.',
    instead: "each tenant's `quota`",
  },
  'kubeflow-trainer': { part: 'Training', why: 'Distributed training as one object that Kueue admits as a whole.', instead: 'a plain Job' },
  'argo-workflows': {
    part: 'Training',
    why: 'The pipelines that train again when drift says so: containers, not a framework that models would have to know.',
    instead: 'none',
  },
  mlflow: {
    part: 'Registry',
    why: 'The registry that most teams know; what makes it trustworthy is the locked bucket and the signed manifest below it.',
    instead: 'none',
  },
  opencost: { part: 'Cost', why: 'What each model and tenant costs, from what its pods asked for.', instead: 'none' },
  'aws-for-fluent-bit': { part: 'Logs', why: 'Logs of pods to CloudWatch with a retention; AWS keeps it current.', instead: 'none' },
};
