import type { TenantModel } from '../loaded.ts';
import { type Container, TMP_MOUNT, type VolumeMount } from './parts.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { DRAIN } from './probes.ts';
import { BESIDE, helperResources } from './resources.ts';
import type { RenderEnvironment } from './types.ts';

/** The only port that a Service has, and where the proxy's metrics are (`/metrics`; the route's path does not reach them). */
export const PROXY_PORT = 8_080;

export interface ProxyOptions {
  /** Where the server behind it listens in the same pod; null: the proxy answers by itself, from the rules in the artefact. */
  readonly upstream: string | null;
  /** Default: what a proxy beside a server needs. */
  readonly resources?: Readonly<Record<string, unknown>>;
  /** Further flags: slot maps, families, rules. */
  readonly args?: readonly string[];
  /** Further mounts. */
  readonly mounts?: readonly VolumeMount[];
}

/**
 * The proxy: reads features, keeps the budget, answers the fallback, logs predictions, counts. Its document (`model.json`, model-document.ts)
 * comes from the slot's ConfigMap.
 */
export function proxyContainer(model: TenantModel, environment: RenderEnvironment, options: ProxyOptions): Container {
  const { upstream, resources = helperResources(BESIDE.proxy), args = [], mounts = [] } = options;
  const features = model.features === undefined ? [] : [`--feature-server=${environment.featureServer}`];
  const health = (path: string) => ({ httpGet: { path, port: 'http' } });
  return {
    name: 'proxy',
    image: environment.images.weir,
    args: [
      'proxy',
      '--model=/etc/weir/model.json',
      `--port=${PROXY_PORT}`,
      ...(upstream === null ? [] : [`--upstream=${upstream}`]),
      `--kafka=${environment.kafka}`,
      ...features,
      ...args,
    ],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'AWS_REGION', value: environment.region },
    ],
    ports: [{ name: 'http', containerPort: PROXY_PORT }],
    resources,
    // its own life only: a server that is still loading is its own container's affair
    livenessProbe: { ...health('/v2/health/live'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { ...health('/v2/health/ready'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    lifecycle: DRAIN,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [{ name: 'config', mountPath: '/etc/weir', readOnly: true }, ...mounts, TMP_MOUNT],
  };
}
