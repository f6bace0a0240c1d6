import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import { endpointSlices } from '../../runtime/model/render/pool-slices.ts';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';
import { render, withOwner } from '../../runtime/model/render.ts';
import { ENVIRONMENT, RULES } from '../model/render/models.ts';
import { objectOf, withValue } from '../model/render/objects.ts';
import { aMember, CPU_POOL, FAMILY, POOL, SHOP } from '../model/render/pool-models.ts';
import { CHURN, CLICKS, MODERATION } from '../model/render/queue-models.ts';
import { aStatus, stations } from '../model/render/statuses.ts';
import { ASSISTANT } from '../model/render/vllm-models.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';

const LONG = 'm'.repeat(50);

/** Everything that is no dedicated model of pattern online on Triton. */
const SHAPES: Readonly<Record<string, TenantModel>> = {
  'a language model': ASSISTANT,
  'a model in a pool': aMember('rank', { rollout: { stickiness: { header: 'x-user-id' } } }),
  'a family': FAMILY,
  'an async model': MODERATION,
  'a streaming model': CLICKS,
  'a batch model': CHURN,
  'a batch model of the longest name': { ...CHURN, model: LONG },
  'a batch model of rules': { ...RULES, pattern: 'batch', ...(CHURN.batch === undefined ? {} : { batch: CHURN.batch }) },
  'a batch language model': { ...ASSISTANT, pattern: 'batch', ...(CHURN.batch === undefined ? {} : { batch: CHURN.batch }) },
};

interface Job {
  readonly spec: object;
}

describe.skipIf(clusterMissing() !== null)('a real kube-apiserver', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    for (const tenant of ['shop', 'payments']) {
      await cluster.createNamespace(`tenant-${tenant}`, { 'pod-security.kubernetes.io/warn': 'restricted' });
    }
  });
  afterAll(() => cluster?.close());

  /** Each object that is refused or warned about, in the server's words. */
  async function complaints(objects: readonly KubernetesObject[]): Promise<readonly string[]> {
    const answers = objects.map(async (object) => {
      const name = `${object.kind} ${object.metadata.name}`;
      return await cluster.apply(object, { dryRun: true }).then(
        ({ warnings }) => warnings.map((warning) => `${name}: ${warning}`),
        (error: unknown) => [`${name}: ${String(error)}`],
      );
    });
    return (await Promise.all(answers)).flat();
  }

  const owner = { name: 'fraud', uid: '0b5e6b1c-0f5e-4a53-9a55-3f3c5d1f7c11' };

  test.each(Object.entries(SHAPES))('takes every object of %s at every station of a rollout, without a warning', async (_, model) => {
    const objects = Object.values(stations(model)).flatMap((status) => withOwner(render(model, status, ENVIRONMENT), owner));
    expect(await complaints(objects)).toEqual([]);
  });

  test.each([
    ['GPUs', SHOP],
    ['CPUs', { ...SHOP, pool: CPU_POOL }],
    ['the longest name', { ...SHOP, name: LONG }],
  ])('takes every object of a pool of %s', async (_, pool) => {
    const members = [FAMILY, aMember('rank'), aMember(LONG)].map((model) => ({
      model,
      status: aStatus(model, { versions: ['7', '8'], phase: 'Stepping' }),
    }));
    expect(await complaints(renderPool(pool, members, ENVIRONMENT))).toEqual([]);
  });

  test('takes the EndpointSlices of a member, of both kinds of address', async () => {
    const pods = ['10.20.0.1', '2001:db8::2'].map((address, index) => ({
      name: `default-pool-${index}`,
      address,
      node: 'n',
      zone: 'eu-west-1a',
      ready: true,
    }));
    const slices = endpointSlices(aMember(LONG), POOL, 'b', pods);
    expect(slices).toHaveLength(2);
    expect(await complaints(slices)).toEqual([]);
  });

  test('takes the largest slot map that a pool can have', async () => {
    const members = Array.from({ length: 200 }, (_, index) => {
      const model = aMember(`model-${index}`);
      return { model, status: aStatus(model, { versions: ['7', '8'], phase: 'Stepping' }) };
    });
    expect(await complaints(renderPool(SHOP, [...members, { model: FAMILY, status: aStatus(FAMILY) }], ENVIRONMENT))).toEqual([]);
  });

  /** The Job that the CronJob's controller makes of it: with the minute behind its name. */
  function jobOf(cronJob: KubernetesObject): KubernetesObject {
    const { jobTemplate }: { jobTemplate: Job } = JSON.parse(JSON.stringify(cronJob.spec));
    const name = `${cronJob.metadata.name}-29000000`;
    return { apiVersion: 'batch/v1', kind: 'Job', ...jobTemplate, metadata: { ...cronJob.metadata, name } };
  }

  test.each(['churn', LONG])('takes the Job that the CronJob of %s makes, with a hundred workers', async (model) => {
    const batch = CHURN.batch === undefined ? undefined : { ...CHURN.batch, parallelism: 100 };
    const spec: TenantModel = { ...CHURN, model, ...(batch === undefined ? {} : { batch }) };
    const cronJobs = render(spec, aStatus(spec), ENVIRONMENT).filter(({ kind }) => kind === 'CronJob');
    expect(cronJobs).toHaveLength(1);
    expect(await complaints(cronJobs.map(jobOf))).toEqual([]);
    // which is why names are cut: the server takes such a CronJob, and none of its Jobs
    const uncut = cronJobs.map((object) => ({ ...object, metadata: { ...object.metadata, name: `${LONG}-a` } }));
    expect(await complaints(uncut)).toEqual([]);
    expect((await complaints(uncut.map(jobOf))).join()).toContain('invalid DNS label');
  });

  test('keeps templates as they were written, so that the next comparison finds no difference', async () => {
    const objects = [
      objectOf(render(ASSISTANT, aStatus(ASSISTANT), ENVIRONMENT), 'Deployment', 'assistant-a'),
      objectOf(render(CHURN, aStatus(CHURN), ENVIRONMENT), 'CronJob', 'churn-a'),
      objectOf(renderPool(SHOP, [], ENVIRONMENT), 'Deployment', 'default-pool'),
    ];
    for (const written of objects) {
      const { object } = await cluster.apply(written, { dryRun: true });
      expect(object).toMatchObject({ spec: written.spec });
    }
  });

  const batch = render(CHURN, aStatus(CHURN), ENVIRONMENT);
  const wrong = (kind: string, name: string, path: readonly string[], value: unknown) => withValue(objectOf(batch, kind, name), path, value);
  const job = ['spec', 'jobTemplate', 'spec'];

  test.each([
    ['a zone that is none', wrong('CronJob', 'churn-a', ['spec', 'timeZone'], 'Europe/Berln'), 'unknown time zone'],
    ['a schedule of six fields', wrong('CronJob', 'churn-a', ['spec', 'schedule'], '0 0 2 * * *'), 'spec.schedule'],
    [
      'a rule about a container that is not there',
      wrong('CronJob', 'churn-a', [...job, 'podFailurePolicy', 'rules', '1', 'onExitCodes', 'containerName'], 'x'),
      'must be one of the container',
    ],
    ['more parts than workers can have names for', wrong('CronJob', 'churn-a', [...job, 'completions'], -1), 'completions'],
  ])('refuses %s', async (_, object, words) => {
    const said = await complaints([object]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
  });
});
