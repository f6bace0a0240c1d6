/** One object of each kind that Weir renders, accepted by its CRD and by no means complete: what tests break one field of. */
export const HTTP_ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'weir-fraud' },
  spec: {
    parentRefs: [{ name: 'weir', namespace: 'weir-system' }],
    hostnames: ['payments.models.example'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/v2/models/fraud' } }],
        filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'fraud-b', port: 8080 }, percent: 10 } }],
        backendRefs: [position('fraud-a', 9_500), position('fraud-b', 500)],
      },
    ],
  },
};

function position(name: string, weight: number) {
  const set = [{ name: 'x-model-version', value: '7' }];
  return { name, port: 8_080, weight, filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set } }] };
}

export const BACKEND_TRAFFIC_POLICY = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'BackendTrafficPolicy',
  metadata: { name: 'weir-fraud' },
  spec: {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'weir-fraud' }],
    mergeType: 'StrategicMerge',
    loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Header', header: { name: 'x-user-id' } } },
  },
};

export const SCALED_OBJECT = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'fraud-a' },
  spec: {
    scaleTargetRef: { name: 'fraud-a' },
    minReplicaCount: 2,
    maxReplicaCount: 10,
    fallback: { failureThreshold: 3, replicas: 4, behavior: 'currentReplicasIfHigher' },
    triggers: [
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: { serverAddress: 'http://prometheus:9090', query: 'up', threshold: '8', ignoreNullValues: 'false' },
      },
    ],
  },
};

export const POD_MONITOR = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: 'fraud' },
  spec: {
    selector: { matchLabels: { 'weir.dev/model': 'fraud' } },
    podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '5s' }],
  },
};
