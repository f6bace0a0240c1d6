import type { TenantModel } from '../loaded.ts';
import { metadataOf, modelSelector } from './metadata.ts';
import { modelName, namespaceOf, TENANT_LABEL } from './names.ts';
import type { MetricsPort } from './parts.ts';
import type { KubernetesObject } from './types.ts';

/**
 * Metrics of both slots. Proxies every 5 s: guards compare the arms at the same instants, and with scrapes of 15 s an incident common to
 * both shows in one of them first (10-rollout, 12.1). Labels of the pods become labels of the series.
 * @param servers Where metrics are besides the proxies'. */
export function podMonitor(model: TenantModel, servers: readonly MetricsPort[]): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(model, modelName(model.model)),
    spec: {
      selector: { matchLabels: modelSelector(model) },
      namespaceSelector: { matchNames: [namespaceOf(model.tenant)] },
      podTargetLabels: [TENANT_LABEL, 'weir.dev/model', 'weir.dev/slot'],
      podMetricsEndpoints: [
        { port: 'http', path: '/metrics', interval: '5s', scrapeTimeout: '4s' },
        ...servers.map(({ name }) => ({ port: name, path: '/metrics', interval: '15s', scrapeTimeout: '10s' })),
      ],
    },
  };
}
