import type { EffectivePool } from '../tenant-file.ts';
import { namespaceOf } from './names.ts';
import { type Container, sharedMemory, TMP, TMP_MOUNT, type Volume, type VolumeMount, type Workload } from './parts.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { poolName, shardName } from './pool-metadata.ts';
import { poolArgs, poolServing, TCMALLOC } from './pool-server.ts';
import { DRAIN, EXIT_SECONDS } from './probes.ts';
import { BESIDE, helperResources } from './resources.ts';
import { SLOT_PORTS } from './slot-map.ts';
import { SHARDS } from './slot-map-shards.ts';
import { TRITON_ADMIN, TRITON_METRICS, TRITON_PORT, tritonArgs, tritonContainer } from './triton.ts';
import type { RenderEnvironment } from './types.ts';

/** A pool as its tenant's file says, by name. */
export interface NamedPool {
  readonly tenant: string;
  readonly name: string;
  readonly pool: EffectivePool;
}

/** From the start until every copy that belongs on a pod is loaded: what a Deployment waits for before it reports no progress. Seconds. */
const LOADED_SECONDS = 1_800;

const SLOTS = '/etc/weir/slots';
const SLOTS_MOUNT: VolumeMount = { name: 'slots', mountPath: SLOTS, readOnly: true };
const MODELS_MOUNT: VolumeMount = { name: 'models', mountPath: '/models' };
const TRITON = `http://127.0.0.1:${TRITON_PORT}`;

/**
 * A pod of a pool: the proxy, the loader, Triton without any model. Nothing of it follows from the members: they come and go by the slot
 * map, which proxy and loader watch, and no pod restarts. The three are apart because only the loader may load (it alone shares Triton's
 * admin key) and because a download must not take memory or CPU from requests.
 */
export function poolWorkload(named: NamedPool, environment: RenderEnvironment): Workload {
  const { pool } = named;
  const models: Volume = { name: 'models', emptyDir: { sizeLimit: pool.resources.storage } };
  return {
    containers: [poolProxy(environment), loader(named, environment), poolTriton(pool, environment)],
    initContainers: [],
    volumes: [slotVolume(named), models, sharedMemory(pool.resources.sharedMemory), TMP],
    config: {}, // what the pods read beside their template is the slot map, and they watch it
    metrics: [TRITON_METRICS],
    drainSeconds: EXIT_SECONDS,
    startSeconds: LOADED_SECONDS,
  };
}

/** All shards in one folder. A shard without models has no ConfigMap yet: the pod starts without it and gets it when it comes. */
function slotVolume({ name }: NamedPool): Volume {
  const sources = Array.from({ length: SHARDS }, (_, shard) => ({ configMap: { name: shardName(name, shard), optional: true } }));
  return { name: 'slots', projected: { sources } };
}

/** One port for each slot; ready once each copy that belongs on this pod is loaded (the loader says so), after a restart both slots' alike. */
function poolProxy({ images, kafka, featureServer, region }: RenderEnvironment): Container {
  const health = (path: string) => ({ httpGet: { path, port: 'http' } });
  return {
    name: 'proxy',
    image: images.weir,
    args: [
      'proxy',
      `--slots=${SLOTS}`,
      `--port=${SLOT_PORTS.a}`,
      `--port-b=${SLOT_PORTS.b}`,
      `--upstream=${TRITON}`,
      `--kafka=${kafka}`,
      `--feature-server=${featureServer}`,
    ],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'AWS_REGION', value: region },
    ],
    ports: [
      { name: 'http', containerPort: SLOT_PORTS.a },
      { name: 'http-b', containerPort: SLOT_PORTS.b },
    ],
    resources: helperResources(BESIDE.poolProxy),
    livenessProbe: { ...health('/v2/health/live'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { ...health('/v2/health/ready'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    lifecycle: DRAIN,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [SLOTS_MOUNT, TMP_MOUNT],
  };
}

const LOADER_PORT = 8_090;

/**
 * Loads what the slot map and `chosenPods` put on this pod: fetches the files, checks them against the signed manifest, asks Triton, and
 * unloads by `Eviction` when memory ends. It knows the other pods by the pool's headless Service: no pod has a token for the API server.
 */
function loader({ name, tenant }: NamedPool, { images, servingBucket, region }: RenderEnvironment): Container {
  const probe = { httpGet: { path: '/health', port: 'loader' } };
  return {
    name: 'loader',
    image: images.weir,
    args: [
      'load',
      `--slots=${SLOTS}`,
      `--from=s3://${servingBucket}`,
      '--to=/models',
      `--triton=${TRITON}`,
      `--peers=${poolName(name)}.${namespaceOf(tenant)}`,
      `--proxy=http://127.0.0.1:${SLOT_PORTS.a}`,
      `--port=${LOADER_PORT}`,
    ],
    env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }, { name: 'AWS_REGION', value: region }, ADMIN_KEY],
    ports: [{ name: 'loader', containerPort: LOADER_PORT }],
    resources: helperResources(BESIDE.loader),
    livenessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { ...probe, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    lifecycle: DRAIN,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [SLOTS_MOUNT, MODELS_MOUNT, TMP_MOUNT],
  };
}

const ADMIN_KEY = { name: 'TRITON_ADMIN_KEY', valueFrom: { secretKeyRef: { name: TRITON_ADMIN.secret, key: TRITON_ADMIN.key } } };

function poolTriton(pool: EffectivePool, environment: RenderEnvironment): Container {
  const args = [...tritonArgs({ models: [], strict: false }), ...poolArgs(pool)];
  const server = tritonContainer({ serving: poolServing(pool) }, environment, args, [{ ...MODELS_MOUNT, readOnly: true }]);
  return { ...server, env: [...(server.env ?? []), TCMALLOC] };
}
