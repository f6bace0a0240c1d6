import type { AuditEvent } from '../support/cluster-audit.ts';

type Part = (event: AuditEvent) => boolean;

/** Something that must be there before another begins to come, and must stay until that is gone. */
interface Rule {
  /** The wave of 30-platform 3.1, or the rule of 10. */
  readonly id: string;
  readonly first: Part;
  readonly next: Part;
  readonly words: string;
}

const kind =
  (resource: string, name: RegExp | string = /./): Part =>
  (event) =>
    `${event.resource}.${event.group}` === resource && (typeof name === 'string' ? event.name === name : name.test(event.name));

const deployment = (name: RegExp | string): Part => kind('deployments.apps', name);
/** What stands for a chart that cannot be had. */
const standIn = (chart: string): Part => kind('configmaps.', `release-${chart}`);
const crd = (group: RegExp): Part => kind('customresourcedefinitions.apiextensions.k8s.io', group);
const ofTenants: Part = (event) => event.namespace.startsWith('tenant-');
const objectsOf =
  (...groups: readonly string[]): Part =>
  (event) =>
    groups.includes(event.group);

/** Waves of 3.1 as they come up; read from the end, the order of 10. */
export const RULES: readonly Rule[] = [
  { id: 'wave 1', first: crd(/karpenter/), next: deployment('karpenter'), words: "Karpenter's kinds, Karpenter" },
  {
    id: 'wave 1',
    first: standIn('prometheus-operator-crds'),
    next: objectsOf('monitoring.coreos.com'),
    words: 'kinds of monitors, monitors and rules',
  },
  { id: 'D1', first: deployment('karpenter'), next: kind('ec2nodeclasses.karpenter.k8s.aws'), words: 'Karpenter, classes of nodes' },
  { id: 'D1', first: kind('ec2nodeclasses.karpenter.k8s.aws'), next: kind('nodepools.karpenter.sh'), words: 'classes of nodes, pools' },
  {
    id: 'wave 2',
    first: standIn('nvidia-device-plugin'),
    next: kind('nodepools.karpenter.sh', /^gpu-/),
    words: 'the device plugin, pools with GPUs',
  },
  { id: 'D6', first: deployment('cert-manager-webhook'), next: kind('clusterissuers.cert-manager.io'), words: 'cert-manager, issuers' },
  {
    id: 'D6',
    first: kind('clusterissuers.cert-manager.io', 'weir-self-signed'),
    next: kind('certificates.cert-manager.io'),
    words: 'an issuer, certificates',
  },
  {
    id: 'D6',
    first: standIn('external-secrets'),
    next: objectsOf('external-secrets.io', 'generators.external-secrets.io'),
    words: 'External Secrets, stores and secrets',
  },
  {
    id: 'D4',
    first: standIn('aws-load-balancer-controller'),
    next: kind('gateways.gateway.networking.k8s.io'),
    words: 'the Load Balancer Controller, the Gateway',
  },
  {
    id: 'D6',
    first: deployment('envoy-gateway'),
    next: objectsOf('gateway.envoyproxy.io', 'gateway.networking.k8s.io'),
    words: 'Envoy Gateway, its Gateway and policies',
  },
  { id: 'wave 3', first: standIn('kube-prometheus-stack'), next: kind('prometheusrules.monitoring.coreos.com'), words: 'Prometheus, rules' },
  { id: 'D6', first: deployment('kueue-controller-manager'), next: objectsOf('kueue.x-k8s.io'), words: 'Kueue, flavors and queues' },
  { id: 'D6', first: deployment('kubeflow-trainer-controller-manager'), next: objectsOf('trainer.kubeflow.org'), words: 'Trainer, runtimes' },
  {
    id: 'wave 6',
    first: kind('jobs.batch', /databases/),
    next: kind('jobs.batch', /registry-migration/),
    words: 'databases, the migration of the registry',
  },
  { id: 'wave 6', first: kind('jobs.batch', /registry-migration/), next: standIn('mlflow'), words: 'the migration of the registry, MLflow' },
  { id: 'D5', first: standIn('mlflow'), next: ofTenants, words: 'MLflow, tenants' },
  { id: 'D5', first: deployment('weir-fallback'), next: ofTenants, words: "Weir's runtime, tenants" },
  { id: 'D5', first: kind('clusterqueues.kueue.x-k8s.io'), next: kind('localqueues.kueue.x-k8s.io'), words: "tenants' cluster queues, their queues" },
  { id: 'D6', first: crd(/^models\.weir\.dev$/), next: kind('models.weir.dev'), words: 'the kind Model, models' },
  {
    id: 'D6',
    first: kind('validatingadmissionpolicies.admissionregistration.k8s.io', /^weir-/),
    next: kind('models.weir.dev'),
    words: 'what is refused, models',
  },
];

/** Rules that these events break, in words. A rule without a subject is broken: nobody would notice that it looks at nothing. */
export function broken(events: readonly AuditEvent[], rules: readonly Rule[], way: 'up' | 'down'): readonly string[] {
  return rules.flatMap(({ id, first, next, words }) => {
    const [early, late] = way === 'up' ? [first, next] : [next, first];
    const before = events.filter(early);
    const after = events.filter((event) => late(event) && !early(event));
    if (before.length === 0 || after.length === 0)
      return [`${id}, ${words}: there is nothing of ${before.length === 0 ? 'the first' : 'the second'}`];
    const last = before.reduce((a, b) => (b.at > a.at ? b : a));
    const hasty = after.filter(({ at }) => at < last.at).map(({ resource, name }) => `${resource} ${name}`);
    return hasty.length === 0 ? [] : [`${id}, ${words}: ${hasty.slice(0, 3).join(', ')} before ${last.resource} ${last.name}`];
  });
}
