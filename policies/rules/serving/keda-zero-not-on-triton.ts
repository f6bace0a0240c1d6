import { listed, NEW_OR_CHANGED } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { SCALED_OBJECT, SCALED_OBJECT_KIND, TRIGGERS, VANISHES, vanishesAtZero } from './scaled-object.ts';

const prometheus = (query: string) => ({ type: 'prometheus', metadata: { query, threshold: '16', ignoreNullValues: 'false' } });
const PENDING = prometheus('sum(nv_inference_pending_request_count{weir_dev_model="eta"})');
const ASKED = prometheus('sum(increase(envoy_cluster_upstream_rq_completed{envoy_cluster_name=~"httproute/tenant-flights/weir-eta/rule/.+"}[30m]))');

const FALLBACK = { failureThreshold: 3, replicas: 1, behavior: 'currentReplicasIfHigher' };
/** A calendar wakes it at its hours only, and load of pods is theirs as well. */
const WAKES_NOBODY = ['cron', 'cpu', 'memory'];

const scaled = (...triggers: readonly object[]) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'eta-a', namespace: 'tenant-flights' },
  spec: { scaleTargetRef: { name: 'eta-a' }, minReplicaCount: 0, fallback: FALLBACK, triggers },
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
    const wakes = triggers.some((trigger) => !vanishesAtZero(trigger) && !WAKES_NOBODY.includes(trigger.text('type') ?? ''));
    return wakes ? [] : [scaled.problem('spec.triggers', 'may go to zero, and nothing would wake it: its metrics come from its own pods')];
  },
  admission: {
    scopes: ['tenants'],
    kinds: SCALED_OBJECT_KIND,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...TRIGGERS,
      zero: 'object.spec.?minReplicaCount.orValue(0) == 0 || object.spec.?idleReplicaCount.orValue(1) == 0',
      sleeps: `variables.triggers.exists(t, ${VANISHES})`,
      wakes: `variables.triggers.exists(t, !(${VANISHES}) && !(t.type in ${listed(WAKES_NOBODY)}))`,
    }),
    validations: () => [
      {
        expression: '!variables.zero || !variables.sleeps || variables.wakes',
        messageExpression:
          "'nothing would wake ' + object.metadata.name + ' at zero replicas: its metrics come from its own pods. Set minReplicaCount: 1, or add a trigger over what the gateway counts'",
      },
    ],
  },
  pass: [{ props: scaled(PENDING, ASKED) }],
  fail: [{ props: scaled(PENDING) }],
};
