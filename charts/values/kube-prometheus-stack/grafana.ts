import type { Inputs } from '@pulumi/pulumi';

export interface GrafanaArgs {
  /** Its address behind the gateway's sign-on; none: nobody but the administrator, by `kubectl port-forward`. */
  readonly host: string | undefined;
  /** The Secret with `admin-user` and `admin-password`. */
  readonly admin: string;
  readonly storageClass: string;
}

/**
 * Grafana reads dashboards from ConfigMaps with the label `grafana_dashboard`. Who comes through the gateway has signed on there and may look; nobody
 * changes a page by hand, since it would be gone with the next deployment. Who reaches it is said in components/observability/grafana-traffic.ts.
 */
export function grafanaValues({ host, admin, storageClass }: GrafanaArgs): Inputs {
  return {
    fullnameOverride: 'grafana',
    admin: { existingSecret: admin, userKey: 'admin-user', passwordKey: 'admin-password' },
    'grafana.ini': ini(host),
    sidecar: {
      dashboards: {
        enabled: true,
        label: 'grafana_dashboard',
        labelValue: '1',
        searchNamespace: 'ALL', // dashboards of tenants may lie beside them
        folderAnnotation: 'grafana_folder',
        provider: { allowUiUpdates: false, foldersFromFilesStructure: true },
      },
      resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    },
    persistence: { enabled: true, type: 'pvc', storageClassName: storageClass, size: '10Gi' },
    deploymentStrategy: { type: 'Recreate' }, // a volume of one node: a second pod would wait for the first for ever
    initChownData: { enabled: false }, // it runs as root, which the namespace refuses; fsGroup does the same
    testFramework: { enabled: false }, // a pod of `helm test`, which nobody runs here
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    extraEmptyDirMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    networkPolicy: { enabled: false }, // the chart's asks every client for a label of Grafana's, which neither the gateway's proxies nor Prometheus have
  };
}

function ini(host: string | undefined): Inputs {
  const quiet = {
    analytics: { check_for_updates: false, reporting_enabled: false },
    users: { default_theme: 'system' },
    news: { news_feed_enabled: false },
  };
  if (host === undefined) return { ...quiet, 'auth.anonymous': { enabled: false } };
  const server = { root_url: `https://${host}`, domain: host };
  return { ...quiet, server, 'auth.anonymous': { enabled: true, org_role: 'Viewer' } };
}
