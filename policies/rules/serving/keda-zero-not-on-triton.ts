import type { ResourceRule } from '../../rule.ts';
import { SCALED_OBJECT, vanishesAtZero } from './scaled-object.ts';

const prometheus = (query: string) => ({ type: 'prometheus', metadata: { query, threshold: '16', ignoreNullValues: 'false' } });
const PENDING = prometheus('sum(nv_inference_pending_request_count{weir_dev_model="eta"})');
const ASKED = prometheus('sum(increase(envoy_cluster_upstream_rq_completed{envoy_cluster_name=~"httproute/tenant-flights/weir-eta/rule/.+"}[30m]))');

const scaled = (...triggers: readonly object[]) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'eta-a', namespace: 'tenant-flights' },
  spec: { scaleTargetRef: { name: 'eta-a' }, minReplicaCount: 0, fallback: { failureThreshold: 3, replicas: 1 }, triggers },
});

export const kedaZeroNotOnTriton: ResourceRule = {
  kind: 'resource',
  id: 'keda-zero-not-on-triton',
  title: 'a model at zero is woken by what exists at zero',
  reason:
    'Triton’s metrics come from its pods: at zero replicas there are none, so nothing ever says that somebody waits, and the model stays down for good.',
  remedy: 'Write autoscaling.zero in the model and Weir adds the gateway’s count; of others add such a trigger, or set minReplicaCount to 1.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [SCALED_OBJECT],
  check: (scaled) => {
    // KEDA's default for both is zero, but idleReplicaCount counts only where it is given
    const zero = (scaled.number('spec.minReplicaCount') ?? 0) === 0 || scaled.number('spec.idleReplicaCount') === 0;
    const triggers = scaled.list('spec.triggers');
    if (!zero || !triggers.some(vanishesAtZero)) return [];
    // a calendar wakes it at its hours only, and load of pods is theirs as well
    const wakes = triggers.some((trigger) => !vanishesAtZero(trigger) && !['cron', 'cpu', 'memory'].includes(trigger.text('type') ?? ''));
    return wakes ? [] : [scaled.problem('spec.triggers', 'may go to zero, and nothing would wake it: its metrics come from its own pods')];
  },
  pass: [{ props: scaled(PENDING, ASKED) }],
  fail: [{ props: scaled(PENDING) }],
};
