import type { TenantModel } from '../loaded.ts';
import { labelsOf } from './metadata.ts';
import { claimName, hexOf, namespaceOf, volumeName } from './names.ts';
import { type Container, TMP_MOUNT, type Volume, type VolumeMount } from './parts.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { BESIDE, helperResources } from './resources.ts';
import type { Served } from './slots.ts';
import type { KubernetesObject, RenderEnvironment } from './types.ts';

/** How a version's files reach a server: 30-platform, 4. */
export interface Delivery {
  /** Ends well only when every file has the sha256 of the signed manifest. */
  readonly initContainer: Container;
  readonly volumes: readonly Volume[];
  /** For the server: `/models/<model>/config.pbtxt` and `/models/<model>/1/…`, read only. */
  readonly mounts: readonly VolumeMount[];
}

/** Triton's versions are numbers of its own and an arm has one; which version it is stands in the parameters. */
export const SERVER_VERSION = '1';
const SOURCE = '/source';

/** Where a server finds the files of its version. */
export function filesFolder(model: string): string {
  return `/models/${model}/${SERVER_VERSION}`;
}

/** The folder of a version in the serving bucket. Prefixes are immutable: the digest is in them. */
export function versionPrefix(model: TenantModel, digest: string): string {
  return `models/${model.tenant}/${model.model}/${hexOf(digest)}/`;
}

/** @param extraFiles Of the slot's ConfigMap, copied into the model's folder: `config.pbtxt`. */
export function deliveryOf(model: TenantModel, served: Served, environment: RenderEnvironment, extraFiles: readonly string[]): Delivery {
  const models: Volume = { name: 'models', emptyDir: { sizeLimit: model.serving.resources.storage } };
  const mount: VolumeMount = { name: 'models', mountPath: '/models', readOnly: true };
  const checker = (args: readonly string[], mounts: readonly VolumeMount[]): Container => ({
    name: 'fetch',
    image: environment.images.weir,
    args: [...fetchArgs(model, served, environment), ...args, ...extraFiles.map((file) => `--copy=/etc/weir/${file}`)],
    env: [{ name: 'AWS_REGION', value: environment.region }],
    resources: helperResources(BESIDE.fetch),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [{ name: 'models', mountPath: '/models' }, { name: 'config', mountPath: '/etc/weir', readOnly: true }, ...mounts, TMP_MOUNT],
  });
  if (model.serving.delivery === 'sync') return { initContainer: checker([], []), volumes: [models], mounts: [mount] };
  const claim: Volume = {
    name: 'version',
    persistentVolumeClaim: { claimName: claimOf(model, served.version.digest), readOnly: true },
  };
  return {
    initContainer: checker([`--check=${SOURCE}`], [{ name: 'version', mountPath: SOURCE, readOnly: true }]),
    volumes: [models, claim],
    // the init container made the folder that this is mounted on
    mounts: [mount, { name: 'version', mountPath: filesFolder(model.model), readOnly: true }],
  };
}

function claimOf({ model, serving }: TenantModel, digest: string): string {
  return claimName(model, digest, serving.resources.storage);
}

function fetchArgs(model: TenantModel, { version }: Served, { servingBucket }: RenderEnvironment): readonly string[] {
  const manifest = `s3://${servingBucket}/${versionPrefix(model, version.digest)}manifest.json`;
  return ['fetch', `--manifest=${manifest}`, `--digest=${version.digest}`, `--to=${filesFolder(model.model)}`];
}

/** The volumes of what is served, each once: two slots may hold the same files. */
export function versionVolumes(served: readonly Served[], environment: RenderEnvironment): readonly KubernetesObject[] {
  const all = served.flatMap(({ model, version }) => versionVolume(model, version.digest, environment));
  return [...new Map(all.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}

/**
 * `delivery: mountpoint`: the volume and the claim of a version. Mountpoint CSI 2.x knows no inline volumes, only static ones; with
 * `authenticationSource: pod` it reads as the tenant's own account, and accounts do not share a mount. The prefix never changes, so what
 * was once looked up is kept; the cache is bounded, or it would fill the node.
 */
function versionVolume(model: TenantModel, digest: string, environment: RenderEnvironment): readonly KubernetesObject[] {
  if (model.serving.delivery !== 'mountpoint') return [];
  const claim = claimOf(model, digest);
  const volume = volumeName(model.tenant, claim);
  const namespace = namespaceOf(model.tenant);
  const { storage } = model.serving.resources; // the driver ignores sizes, the API wants one
  const shared = { accessModes: ['ReadOnlyMany'], storageClassName: '' };
  const csi = {
    driver: 's3.csi.aws.com',
    volumeHandle: volume,
    readOnly: true,
    volumeAttributes: {
      bucketName: environment.servingBucket,
      authenticationSource: 'pod',
      cache: 'emptyDir',
      cacheEmptyDirSizeLimit: storage,
    },
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: volume, labels: labelsOf(model), annotations: { 'weir.dev/digest': digest } },
      spec: {
        ...shared,
        capacity: { storage },
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { namespace, name: claim },
        mountOptions: mountOptions(model, digest, environment.region),
        csi,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim, namespace, labels: labelsOf(model), annotations: { 'weir.dev/digest': digest } },
      spec: { ...shared, resources: { requests: { storage } }, volumeName: volume },
    },
  ];
}

function mountOptions(model: TenantModel, digest: string, region: string): readonly string[] {
  const prefix = versionPrefix(model, digest);
  return ['read-only', 'allow-other', 'uid=1000', 'gid=1000', 'metadata-ttl indefinite', `region ${region}`, `prefix ${prefix}`];
}
