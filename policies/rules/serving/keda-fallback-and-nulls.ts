import { NEW_OR_CHANGED } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { asksOutside, OUTSIDE, SCALED_OBJECT, SCALED_OBJECT_KIND, TRIGGERS } from './scaled-object.ts';

const scaled = (metadata: Readonly<Record<string, string>>, fallback?: object) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'fraud-a', namespace: 'tenant-payments' },
  spec: {
    scaleTargetRef: { name: 'fraud-a' },
    minReplicaCount: 2,
    ...(fallback === undefined ? {} : { fallback }),
    triggers: [{ type: 'prometheus', metadata: { query: 'sum(nv_inference_pending_request_count)', threshold: '16', ...metadata } }],
  },
});
const FALLBACK = { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' };

/** KEDA's default of `maxReplicaCount`. */
const MOST = 100;

export const kedaFallbackAndNulls: ResourceRule = {
  kind: 'resource',
  id: 'keda-fallback-and-nulls',
  title: 'an autoscaler that gets no answer keeps what it has',
  reason: 'To KEDA a Prometheus that lost its series says zero: the model is scaled down in the middle of its load, just when nobody can see it.',
  remedy:
    'Weir sets both by itself; write ignoreNullValues: "false" in each prometheus trigger, and spec.fallback with behavior currentReplicasIfHigher.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [SCALED_OBJECT],
  check: (scaled) => [...scaled.each('spec.triggers', takesNothingForZero), ...scaled.part(() => withoutFallback(scaled))],
  admission: {
    scopes: ['tenants'],
    kinds: SCALED_OBJECT_KIND,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...TRIGGERS,
      blind: "variables.triggers.exists(t, t.type == 'prometheus' && t.?metadata[?'ignoreNullValues'].orValue('true') != 'false')",
      outside: `variables.triggers.exists(t, ${OUTSIDE})`,
      fewest: 'object.spec.?minReplicaCount.orValue(0)',
      without: 'object.spec.?fallback.replicas.orValue(0)',
      keeps: `object.spec.?fallback.behavior.orValue('static') in ['currentReplicas', 'currentReplicasIfHigher']
    || variables.without >= object.spec.?maxReplicaCount.orValue(${MOST})`,
    }),
    validations: () => [
      {
        expression: '!variables.blind',
        messageExpression:
          "'to ' + object.metadata.name + ' no answer of Prometheus would be no load, and it would scale down in the middle of it. Set ignoreNullValues: \"false\" in each prometheus trigger'",
      },
      {
        expression: '!variables.outside || (variables.without >= variables.fewest && variables.without > 0 && variables.keeps)',
        messageExpression: `'without an answer ' + object.metadata.name + ' would ' + (has(object.spec.fallback) ? 'fall to ' + string(variables.without) + ' replicas' : 'not know what to do') + '. Set spec.fallback with behavior: currentReplicasIfHigher and replicas of minReplicaCount or more, at least 1'`,
      },
    ],
  },
  pass: [{ props: scaled({ ignoreNullValues: 'false' }, FALLBACK) }],
  fail: [{ props: scaled({}, FALLBACK) }],
};

function takesNothingForZero(trigger: Reader): readonly Problem[] {
  if (trigger.text('type') !== 'prometheus') return [];
  // KEDA's default is true
  return trigger.expect('metadata.ignoreNullValues', (value) => value === 'false' || value === false, 'takes no answer for no load');
}

function withoutFallback(scaled: Reader): readonly Problem[] {
  if (!scaled.list('spec.triggers').some(asksOutside)) return [];
  if (!scaled.has('spec.fallback')) return [scaled.problem('spec.fallback', 'says nothing about what to do without an answer')];
  const fallback = scaled.in('spec.fallback');
  const replicas = fallback.number('replicas') ?? 0;
  const least = Math.max(1, scaled.number('spec.minReplicaCount') ?? 0); // KEDA's default is 0
  if (replicas < least) return [fallback.problem('replicas', `falls to ${replicas} without an answer, and ${least} are its fewest`)];
  // KEDA's default is static: as many as it says, though more are busy
  const keeps = /^currentReplicas(IfHigher)?$/.test(fallback.text('behavior') ?? 'static');
  const most = scaled.number('spec.maxReplicaCount') ?? MOST;
  return keeps || replicas >= most ? [] : [fallback.problem('behavior', `falls to ${replicas} without an answer, however many are busy`)];
}
