import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { type Container, type MetricsPort, SHARED_MEMORY_MOUNT, TMP_MOUNT, type VolumeMount } from './parts.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { DRAIN, EXIT_SECONDS, serverProbes } from './probes.ts';
import { serverResources } from './resources.ts';
import type { RenderEnvironment } from './types.ts';

export const TRITON_PORT = 8_000;
export const TRITON_METRICS: MetricsPort = { name: 'triton-metrics', port: 8_002 };
/** What the restricted interfaces ask for; the tenant's component makes it (External Secrets), nobody uses it in dedicated mode. */
export const TRITON_ADMIN = { secret: 'weir-triton-admin', key: 'key' } as const;

/** `model-repository` would load whatever it is given, on one replica; `shared-memory`, `trace` and `logging` reach beyond a request. */
const RESTRICTED = 'model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)';

export interface TritonFlags {
  /** Names in the repository that are loaded at the start. */
  readonly models: readonly string[];
  /** False in a shared pool: one tenant's failed load must not unready all. Default true. */
  readonly strict?: boolean;
}

/** Flags of 30-platform, 4. Polling is never used: a version is an immutable arm. */
export function tritonArgs({ models, strict = true }: TritonFlags): readonly string[] {
  return [
    '--model-repository=/models',
    '--model-control-mode=explicit',
    ...models.map((name) => `--load-model=${name}`),
    `--exit-on-error=${strict}`,
    `--strict-readiness=${strict}`,
    `--exit-timeout-secs=${EXIT_SECONDS}`,
    '--model-load-thread-count=4',
    '--model-load-retry-count=2',
    '--disable-auto-complete-config',
    '--metrics-interval-ms=2000',
    '--metrics-config=histogram_latencies=true',
    '--log-format=ISO8601',
    '--allow-client-shm=false',
    '--allow-sagemaker=false',
    '--allow-vertex-ai=false',
    `--http-restricted-api=${RESTRICTED}`,
    `--grpc-restricted-protocol=${RESTRICTED}`,
  ];
}

/** @param args Of `tritonArgs`. @param mounts Where the model repository comes from. */
export function tritonContainer(
  { serving }: Pick<TenantModel, 'serving'>,
  { images }: Pick<RenderEnvironment, 'images'>,
  args: readonly string[],
  mounts: readonly VolumeMount[],
): Container {
  return {
    name: 'triton',
    image: images.triton,
    command: ['tritonserver'],
    args,
    env: [
      { name: 'HOME', value: TMP_MOUNT.mountPath }, // libraries keep caches there, and the root is read only
      { name: 'TRITON_ADMIN_KEY', valueFrom: { secretKeyRef: { name: TRITON_ADMIN.secret, key: TRITON_ADMIN.key } } },
    ],
    ports: [
      { name: 'triton', containerPort: TRITON_PORT },
      { name: TRITON_METRICS.name, containerPort: TRITON_METRICS.port },
    ],
    resources: serverResources(serving),
    ...serverProbes('triton', secondsOf(serving.loadTime)),
    lifecycle: DRAIN,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [...mounts, SHARED_MEMORY_MOUNT, TMP_MOUNT],
  };
}
