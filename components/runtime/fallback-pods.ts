import type * as k8s from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import { systemPods } from '../../charts/values/system-pods.ts';
import { CONTAINER_SECURITY } from '../../runtime/model/render/pod.ts';
import { DRAIN, graceSeconds } from '../../runtime/model/render/probes.ts';
import { FALLBACK, FALLBACK_LABELS, REPLICAS } from './plan.ts';

export interface FallbackPods {
  readonly image: Input<string>;
  readonly args: readonly string[];
  readonly ownNodes: boolean;
}

/** The image's own user (Dockerfile). */
const UID = 65_532;

/**
 * CPU is requested and not limited, as with models. Memory: 140 MiB were resident with 1,001 models that were listed every second
 * (test/image/fallback-cluster.test.ts); the rest is for requests and for models with long statuses.
 */
const RESOURCES = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } };

/** Seconds that requests under way get when a pod ends (runtime/proxy/limits.ts, drainMs). */
const DRAIN_SECONDS = 5;

/** Where the kubelet lays token and authority. An explicit volume: the namespace's pods get no token by themselves. */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Two, on two nodes, and in two zones where there are two: when no pod of a model lives, more than one node may be gone. */
export function fallbackDeployment({ image, args, ownNodes }: FallbackPods): k8s.types.input.apps.v1.DeploymentSpec {
  const { nodeSelector, tolerations } = systemPods(ownNodes);
  return {
    replicas: REPLICAS,
    selector: { matchLabels: FALLBACK_LABELS },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    revisionHistoryLimit: 2,
    template: {
      metadata: { labels: { ...FALLBACK_LABELS, 'app.kubernetes.io/part-of': 'weir' } },
      spec: {
        serviceAccountName: FALLBACK.service,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: 'inference-critical',
        securityContext: { runAsNonRoot: true, runAsUser: UID, runAsGroup: UID, fsGroup: UID, seccompProfile: { type: 'RuntimeDefault' } },
        nodeSelector: { ...nodeSelector },
        tolerations: [...tolerations],
        topologySpreadConstraints: [spread('kubernetes.io/hostname', 'DoNotSchedule'), spread('topology.kubernetes.io/zone', 'ScheduleAnyway')],
        terminationGracePeriodSeconds: graceSeconds(DRAIN_SECONDS),
        containers: [container(image, args)],
        volumes: [token()],
      },
    },
  };
}

function container(image: Input<string>, args: readonly string[]): k8s.types.input.core.v1.Container {
  const probe = (path: string) => ({ httpGet: { path, port: 'admin' } });
  return {
    name: 'proxy',
    image,
    args: [...args],
    ports: [
      { name: 'http', containerPort: FALLBACK.port },
      { name: 'admin', containerPort: FALLBACK.adminPort },
    ],
    resources: RESOURCES,
    livenessProbe: { ...probe('/healthz'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { ...probe('/readyz'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 }, // once the models are listed
    lifecycle: DRAIN,
    securityContext: { ...CONTAINER_SECURITY, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'account', mountPath: ACCOUNT, readOnly: true }],
  };
}

/** Replicas of an older template do not count, or a rollout on two nodes would find no place. */
function spread(topologyKey: string, whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'): k8s.types.input.core.v1.TopologySpreadConstraint {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: { matchLabels: FALLBACK_LABELS }, matchLabelKeys: ['pod-template-hash'] };
}

/** The kubelet renews it; an hour is what Kubernetes itself asks for. */
function token(): k8s.types.input.core.v1.Volume {
  const authority = { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] };
  const sources = [{ serviceAccountToken: { path: 'token', expirationSeconds: 3_600 } }, { configMap: authority }];
  return { name: 'account', projected: { sources, defaultMode: 0o440 } };
}
