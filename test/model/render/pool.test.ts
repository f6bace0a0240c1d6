import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderPool } from '../../../runtime/model/render/pool.ts';
import type { NamedPool } from '../../../runtime/model/render/pool-pod.ts';
import { executionsOf } from '../../../runtime/model/render/pool-server.ts';
import type { KubernetesObject } from '../../../runtime/model/render/types.ts';
import { render } from '../../../runtime/model/render.ts';
import { ENVIRONMENT } from './models.ts';
import { objectOf, rulesOf, templateOf } from './objects.ts';
import { aMember, CPU_POOL, FAMILY, POOL, SHOP } from './pool-models.ts';
import { aStatus, stations } from './statuses.ts';

const alone = (name: string) => {
  const model = aMember(name);
  return { model, status: aStatus(model) };
};
const names = (objects: readonly KubernetesObject[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

interface Pod {
  readonly containers: readonly {
    readonly name: string;
    readonly args: readonly string[];
    readonly env: readonly object[];
    readonly ports: readonly object[];
  }[];
  readonly nodeSelector: object;
}

function podOf(pool: NamedPool): Pod {
  const { spec }: { spec: Pod } = JSON.parse(JSON.stringify(templateOf(renderPool(pool, [], ENVIRONMENT), `${pool.name}-pool`)));
  return spec;
}

describe('a shared pool', () => {
  test('is a server with what is around it, and a slot map of the models that live in it', () => {
    expect(names(renderPool(SHOP, [alone('rank')], ENVIRONMENT))).toEqual([
      'NetworkPolicy default.pool',
      expect.stringMatching(/^ConfigMap default\.slots-\d+$/),
      'Service default-pool',
      'Deployment default-pool',
      'ScaledObject default-pool',
      'PodDisruptionBudget default-pool',
      'PodMonitor default.pool',
    ]);
  });

  test('is there before its first model, with an empty slot map', () => {
    expect(names(renderPool(SHOP, [], ENVIRONMENT))).not.toContainEqual(expect.stringContaining('ConfigMap'));
  });

  test('restarts for none of its models: they change the slot map and nothing else', () => {
    const rest = (objects: readonly KubernetesObject[]) => objects.filter(({ kind }) => kind !== 'ConfigMap');
    const empty = rest(renderPool(SHOP, [], ENVIRONMENT));
    for (const status of Object.values(stations(FAMILY))) {
      expect(rest(renderPool(SHOP, [{ model: FAMILY, status }, alone('rank')], ENVIRONMENT))).toEqual(empty);
    }
  });

  test('is the same whatever order its models are given in', () => {
    const members = ['rank', 'fraud', 'eta', 'churn'].map(alone);
    expect(renderPool(SHOP, members.toReversed(), ENVIRONMENT)).toEqual(renderPool(SHOP, members, ENVIRONMENT));
  });

  test('starts Triton empty, lets no failed load unready it, and lets models take turns', () => {
    const triton = podOf(SHOP).containers.find(({ name }) => name === 'triton');
    expect(triton?.args.join(' ')).not.toContain('--load-model');
    expect(triton?.args).toEqual(
      expect.arrayContaining([
        '--model-control-mode=explicit',
        '--strict-readiness=false',
        '--exit-on-error=false',
        '--rate-limit=execution_count',
        '--rate-limit-resource=executions:6',
      ]),
    );
    expect(triton?.env).toContainEqual({ name: 'LD_PRELOAD', value: '/usr/lib/x86_64-linux-gnu/libtcmalloc.so.4' });
  });

  test('has one proxy with a port for each slot, and only loader and server know the key that loads models', () => {
    const holders = podOf(SHOP).containers.filter(({ env }) => JSON.stringify(env).includes('weir-triton-admin'));
    expect(holders.map(({ name }) => name)).toEqual(['loader', 'triton']);
    expect(podOf(SHOP).containers[0]).toMatchObject({
      name: 'proxy',
      ports: [
        { name: 'http', containerPort: 8080 },
        { name: 'http-b', containerPort: 8081 },
      ],
    });
  });

  test('runs on its GPUs, or on CPU nodes when it has none', () => {
    expect(podOf(SHOP).nodeSelector).toEqual({ workload: 'gpu-inference', 'karpenter.k8s.aws/instance-gpu-name': 'l4' });
    expect(JSON.stringify(podOf(SHOP))).toContain('"nvidia.com/gpu":"1"');
    const cpu = podOf({ ...SHOP, pool: CPU_POOL });
    expect(cpu.nodeSelector).toEqual({ workload: 'cpu-inference' });
    expect(JSON.stringify(cpu)).not.toContain('nvidia.com/gpu');
    expect(executionsOf(CPU_POOL)).toBe(2);
  });

  test('scales by what waits on each of its pods, between what its tenant says', () => {
    expect(objectOf(renderPool(SHOP, [], ENVIRONMENT), 'ScaledObject', 'default-pool')).toMatchObject({
      spec: {
        minReplicaCount: 2,
        maxReplicaCount: 6,
        triggers: [{ metricType: 'AverageValue', metadata: { query: expect.stringContaining('weir_dev_pool="default"'), threshold: '48' } }],
      },
    });
  });

  test('has names that no model of the tenant has, and that fit with what KEDA puts before them', () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/);
    const pools = fc.oneof(name, fc.constantFrom('weir-x', 'x-a', 'p'.repeat(50), `${'p'.repeat(49)}q`));
    const models = fc.oneof(name, fc.constantFrom('x-pool', 'x-slots-3', 'x', 'weir-x-pool', 'p'.repeat(50)));
    fc.assert(
      fc.property(pools, models, fc.constantFrom('online', 'batch', 'async'), (pool, model, pattern) => {
        const own = names(renderPool({ ...SHOP, name: pool }, [alone('rank')], ENVIRONMENT));
        const spec = aMember(model, { pattern, ...(pattern === 'batch' ? { batch: BATCH } : {}), serving: { mode: 'dedicated', gpu: 'none' } });
        const others = names(render(spec, aStatus(spec), ENVIRONMENT));
        expect(own.filter((object) => others.includes(object))).toEqual([]);
        for (const object of own.filter((object) => !/^(ConfigMap|NetworkPolicy|PodMonitor)/.test(object))) {
          expect(object.split(' ')[1]).toMatch(/^[a-z][-a-z0-9]{0,52}[a-z0-9]$/);
        }
      }),
    );
    const two = ['q', 'r'].map((last) => names(renderPool({ ...SHOP, name: `${'p'.repeat(49)}${last}` }, [], ENVIRONMENT)));
    expect(two[0]?.filter((object) => two[1]?.includes(object))).toEqual([]);
  });
});

const BATCH = { schedule: '0 2 * * *', zone: 'UTC', from: 'a', to: 'b', deadline: '1h', parallelism: 2 };

describe('a model in a pool', () => {
  const model = aMember('rank');
  const stepping = render(model, aStatus(model, { versions: ['7', '8'], phase: 'Stepping', weight: 500 }), ENVIRONMENT);

  test('has two Services without a selector and one route, and no pods of its own', () => {
    expect(names(stepping)).toEqual(['Service rank-a', 'Service rank-b', 'HTTPRoute weir-rank']);
    for (const slot of ['a', 'b']) expect(JSON.stringify(objectOf(stepping, 'Service', `rank-${slot}`))).not.toContain('selector');
  });

  test('has the route of any model: the Services show the same port, and lead to the port of their slot', () => {
    expect(rulesOf(stepping)[0]?.backendRefs).toMatchObject([
      { name: 'rank-a', port: 8080, weight: 9_500 },
      { name: 'rank-b', port: 8080, weight: 500 },
    ]);
    expect(objectOf(stepping, 'Service', 'rank-a')).toMatchObject({ spec: { ports: [{ port: 8080, targetPort: 8080 }] } });
    expect(objectOf(stepping, 'Service', 'rank-b')).toMatchObject({ spec: { ports: [{ port: 8080, targetPort: 8081 }] } });
  });

  test('a family is one route, whatever the number of its members', () => {
    const objects = render(FAMILY, aStatus(FAMILY), ENVIRONMENT);
    expect(rulesOf(objects)).toHaveLength(1);
    expect(objects).toHaveLength(2);
  });

  test('in a pool may be larger than the pool: copies are bounded, never refused', () => {
    expect(() => renderPool({ ...SHOP, pool: { ...POOL, max: 1 } }, [alone('rank')], ENVIRONMENT)).not.toThrow();
  });
});
