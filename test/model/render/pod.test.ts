import { describe, expect, test } from 'vitest';
import { claimName } from '../../../runtime/model/render/names.ts';
import { render, withOwner } from '../../../runtime/model/render.ts';
import { aModel, CONTAINER, digestOf, ENVIRONMENT, GPU, MOUNTPOINT, RULES, STICKY } from './models.ts';
import { objectOf, templateOf } from './objects.ts';
import { aStatus } from './statuses.ts';

const objectsOf = (model: typeof GPU) => render(model, aStatus(model), ENVIRONMENT);
const podOf = (model: typeof GPU) => templateOf(objectsOf(model), `${model.model}-a`);
const withServing = (serving: Partial<typeof GPU.serving>) => ({ ...GPU, serving: { ...GPU.serving, ...serving } });

describe('a pod', () => {
  test('allows itself nothing: no root, no capability, no writable root, no token', () => {
    for (const model of [GPU, CONTAINER, RULES, MOUNTPOINT]) {
      const pod = podOf(model);
      expect(pod).toMatchObject({
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        },
      });
      const { spec }: { spec: { containers: readonly unknown[]; initContainers?: readonly unknown[] } } = JSON.parse(JSON.stringify(pod));
      for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
        expect(container).toMatchObject({
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        });
      }
    }
  });

  test('gets twice its load time to start, 15 s to be forgotten by the gateway, 60 s to finish, and 15 s more', () => {
    const loading = (loadTime: string) => podOf(withServing({ loadTime }));
    const startup = (failureThreshold: number) => ({
      spec: { containers: [{ name: 'proxy' }, { startupProbe: { httpGet: { path: '/v2/health/ready' }, periodSeconds: 10, failureThreshold } }] },
    });
    expect(loading('90s')).toMatchObject(startup(18));
    expect(loading('5m')).toMatchObject(startup(60));
    expect(loading('500ms')).toMatchObject(startup(1));
    expect(loading('90s')).toMatchObject({
      spec: {
        terminationGracePeriodSeconds: 90,
        containers: [{ lifecycle: { preStop: { sleep: { seconds: 15 } } } }, { lifecycle: { preStop: { sleep: { seconds: 15 } } } }],
      },
    });
  });

  test('requests memory as it is limited, CPU without a limit, GPUs both ways', () => {
    expect(podOf(GPU)).toMatchObject({
      spec: { containers: [{}, { resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { memory: '4Gi', 'nvidia.com/gpu': '1' } } }] },
    });
    expect(podOf(CONTAINER)).toMatchObject({
      spec: { containers: [{}, { resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } } }] },
    });
    expect(podOf(CONTAINER)).not.toHaveProperty('spec.containers[1].resources.limits.cpu');
  });

  test('goes to the nodes of its kind: the GPU it was built for, or the tainted CPU pool; spot only where the file says so', () => {
    expect(podOf(GPU)).toMatchObject({
      spec: {
        nodeSelector: { workload: 'gpu-inference', 'karpenter.k8s.aws/instance-gpu-name': 'l4' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
        affinity: { nodeAffinity: {} },
      },
    });
    expect(podOf(STICKY)).toMatchObject({
      spec: { nodeSelector: { workload: 'cpu-inference' }, tolerations: [{ key: 'workload', value: 'cpu-inference' }] },
    });
    expect(podOf(STICKY)).not.toHaveProperty('spec.affinity');
  });

  test('is spread over zones and machines, and over zones only where there are some', () => {
    const keys = (zones: number) =>
      JSON.stringify(templateOf(render(GPU, aStatus(GPU), { ...ENVIRONMENT, zones }), 'fraud-a')).match(/(?<="topologyKey":")[^"]+/g);
    expect(keys(3)).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    expect(keys(1)).toEqual(['kubernetes.io/hostname']);
  });

  test('has another hash when its configuration changes, and the same when the owner, the replicas or the drift thresholds do', () => {
    expect(podOf({ ...GPU, fallback: { score: 0.5 } })).not.toEqual(podOf(GPU));
    const autoscaling = { min: 3, max: 20, peaks: [] };
    expect(podOf({ ...withServing({ autoscaling }), owner: 'others', drift: { ...GPU.drift, minDrop: 0.2 }, labels: [] })).toEqual(podOf(GPU));
  });

  test('of engine rules is the proxy alone', () => {
    expect(podOf(RULES)).toMatchObject({ spec: { containers: [{ name: 'proxy', args: expect.arrayContaining(['--rules=/models/limits/1']) }] } });
    expect(podOf(RULES)).not.toHaveProperty('spec.containers[1]');
  });

  test('of an own container runs its image behind the same proxy and probes', () => {
    expect(podOf(CONTAINER)).toMatchObject({
      spec: {
        containers: [
          { name: 'proxy', args: expect.arrayContaining(['--upstream=http://127.0.0.1:9000']) },
          {
            name: 'server',
            image: `registry.example.com/eta@${digestOf('4')}`,
            readinessProbe: { httpGet: { path: '/v2/health/ready', port: 'server' } },
          },
        ],
      },
    });
  });
});

describe('the files of a version', () => {
  test('are checked against the signed manifest before a server starts', () => {
    const prefix = `models/payments/fraud/${'7'.repeat(64)}`;
    expect(podOf(GPU)).toMatchObject({
      spec: {
        initContainers: [
          {
            image: ENVIRONMENT.images.weir,
            args: [
              'fetch',
              `--manifest=s3://weir-serving/${prefix}/manifest.json`,
              `--digest=${digestOf('7')}`,
              '--to=/models/fraud/1',
              '--copy=/etc/weir/config.pbtxt',
            ],
          },
        ],
      },
    });
  });

  test('are mounted from a volume of the version, read only, with a bounded cache and the tenant’s own account', () => {
    const objects = objectsOf(MOUNTPOINT);
    const claim = claimName('embeddings', digestOf('7'), '60Gi');
    expect(objectOf(objects, 'PersistentVolume', `weir.search.${claim}`).spec).toMatchObject({
      accessModes: ['ReadOnlyMany'],
      claimRef: { namespace: 'tenant-search', name: claim },
      mountOptions: expect.arrayContaining(['read-only', 'metadata-ttl indefinite', `prefix models/search/embeddings/${'7'.repeat(64)}/`]),
      csi: { driver: 's3.csi.aws.com', readOnly: true, volumeAttributes: { authenticationSource: 'pod', cacheEmptyDirSizeLimit: '60Gi' } },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim', claim).spec).toMatchObject({ volumeName: `weir.search.${claim}`, storageClassName: '' });
    expect(podOf(MOUNTPOINT)).toMatchObject({ spec: { initContainers: [{ args: expect.arrayContaining(['--check=/source']) }] } });
  });

  test('lie in another volume when its cache has another size: nothing of a volume can be changed', () => {
    const volumesOf = (storage: string) =>
      objectsOf({ ...MOUNTPOINT, serving: { ...MOUNTPOINT.serving, resources: { ...MOUNTPOINT.serving.resources, storage } } })
        .filter(({ kind }) => kind.startsWith('PersistentVolume'))
        .map(({ metadata }) => metadata.name);
    expect(volumesOf('60Gi')).toEqual(volumesOf('60Gi'));
    expect(volumesOf('80Gi').filter((name) => volumesOf('60Gi').includes(name))).toEqual([]);
  });

  test('have one volume when both slots serve the same version', () => {
    const status = aStatus(MOUNTPOINT, { versions: ['7', '7'], phase: 'Provisioning' });
    expect(render(MOUNTPOINT, status, ENVIRONMENT).filter(({ kind }) => kind === 'PersistentVolume')).toHaveLength(1);
  });
});

test('an owner is given to everything but what lies in no namespace: the garbage collector would remove that at once', () => {
  const owned = withOwner(objectsOf(MOUNTPOINT), { name: 'embeddings', uid: 'u-1' });
  const without = owned.filter(({ metadata }) => !('ownerReferences' in metadata)).map(({ kind }) => kind);
  expect(without).toEqual(['PersistentVolume']);
});

test('nobody but gateway, controller and Prometheus comes in, and a model without features reaches no feature server', () => {
  const spec = (model: typeof GPU) => JSON.stringify(objectOf(objectsOf(model), 'NetworkPolicy', `weir-${model.model}`).spec);
  expect(spec(GPU).match(/(?<="kubernetes.io\/metadata.name":")[^"]+/g)).toEqual([
    'weir-gateway',
    'weir-system',
    'monitoring',
    'kube-system',
    'features',
  ]);
  expect(spec(aModel())).not.toContain('features');
});
