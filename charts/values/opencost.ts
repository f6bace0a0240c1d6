import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

export interface OpenCostArgs {
  /** As Prometheus labels it: `weir-prod`. */
  readonly cluster: string;
  /** Prometheus's Service. */
  readonly prometheus: { readonly service: string; readonly namespace: string; readonly port: number };
  readonly ownNodes: boolean;
}

const OFF = { enabled: false };

/** AWS's prices against what containers have, as metrics. Its own page and its door for agents stay shut: neither asks who is there. */
export function openCostValues({ cluster, prometheus, ownNodes }: OpenCostArgs): Inputs {
  return {
    podSecurityContext: { runAsNonRoot: true, runAsUser: 1001, runAsGroup: 1001, fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } },
    opencost: {
      ...systemPods(ownNodes),
      exporter: {
        defaultClusterId: cluster,
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        persistence: { enabled: false },
        extraEnv: { CONFIG_PATH: '/tmp/opencost' }, // prices that it has read: the root is read-only
        extraVolumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        resources: { requests: { cpu: '50m', memory: '512Mi' }, limits: { memory: '2Gi' } }, // the limit: AWS's list of prices of a region is read whole
      },
      metrics: { serviceMonitor: { enabled: true, scrapeInterval: '60s', honorLabels: true } },
      prometheus: { internal: { enabled: true, serviceName: prometheus.service, namespaceName: prometheus.namespace, port: prometheus.port } },
      ui: OFF,
      mcp: OFF,
    },
    extraVolumes: [{ name: 'tmp', emptyDir: { sizeLimit: '2Gi' } }],
  };
}
