import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { batchName } from '../../../runtime/model/render/batch-name.ts';
import { render } from '../../../runtime/model/render.ts';
import { ENVIRONMENT, RULES } from './models.ts';
import { objectOf } from './objects.ts';
import { CHURN } from './queue-models.ts';
import { aStatus, stations } from './statuses.ts';
import { ASSISTANT } from './vllm-models.ts';

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly restartPolicy?: string;
  readonly [field: string]: unknown;
}

interface Job {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly initContainers: readonly Container[];
        readonly containers: readonly Container[];
        readonly nodeSelector: object;
        readonly restartPolicy: string;
      };
    };
    readonly [field: string]: unknown;
  };
}

interface CronJob {
  readonly spec: { readonly jobTemplate: Job; readonly [field: string]: unknown };
}

function cronJob(model: TenantModel, status = aStatus(model)): CronJob {
  const found: CronJob = JSON.parse(JSON.stringify(objectOf(render(model, status, ENVIRONMENT), 'CronJob', batchName(model.model, 'a'))));
  return found;
}

const podOf = (model: TenantModel) => cronJob(model).spec.jobTemplate.spec.template.spec;

describe('a model of pattern batch', () => {
  test('starts at its time in its zone, one run after the other, and late rather than never', () => {
    expect(cronJob(CHURN).spec).toMatchObject({
      schedule: '0 2 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3_600,
    });
  });

  test("waits in its tenant's queue, whole", () => {
    const { metadata, spec } = cronJob(CHURN).spec.jobTemplate;
    expect(metadata.labels).toMatchObject({ 'kueue.x-k8s.io/queue-name': 'payments', 'weir.dev/model': 'churn' });
    expect(spec).not.toHaveProperty('suspend'); // Kueue's to set
  });

  test('is shared by its workers, ends at its deadline, and forgives a node that goes but not a table that is not there', () => {
    expect(cronJob(CHURN).spec.jobTemplate.spec).toMatchObject({
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 4,
      activeDeadlineSeconds: 14_400,
      backoffLimitPerIndex: 3,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
          { action: 'FailJob', onExitCodes: { containerName: 'score', values: [2] } },
        ],
      },
    });
  });

  test('has its server as a sidecar, after its files were checked, so that the run ends when the work does', () => {
    const { initContainers, containers, restartPolicy } = podOf(CHURN);
    expect(initContainers.map(({ name, restartPolicy = 'once' }) => `${name} ${restartPolicy}`)).toEqual(['fetch once', 'triton Always']);
    expect(initContainers[1]).toMatchObject({ startupProbe: { failureThreshold: 18 } });
    expect(initContainers[1]).not.toHaveProperty('lifecycle');
    expect(containers.map(({ name }) => name)).toEqual(['score']);
    expect(restartPolicy).toBe('Never');
  });

  test('tells each worker its part, its tables and where its server is', () => {
    expect(podOf(CHURN).containers[0]?.args).toEqual([
      'score',
      '--model=/etc/weir/model.json',
      '--port=8080',
      '--upstream=http://127.0.0.1:8000',
      expect.stringMatching(/^--kafka=/),
      '--slot=a',
      '--route=/etc/weir-route/route.json',
      '--from=crm.customers',
      '--to=crm.churn_scores',
      '--part=$(JOB_COMPLETION_INDEX)',
      '--parts=4',
    ]);
  });

  test('runs on nodes where nobody answers callers, or on the GPUs of those who do', () => {
    expect(podOf(CHURN).nodeSelector).toEqual({ workload: 'general' });
    expect(podOf({ ...ASSISTANT, ...batched })).toMatchObject({
      nodeSelector: { workload: 'gpu-inference' },
      initContainers: [{ name: 'fetch' }, { name: 'vllm', restartPolicy: 'Always' }],
    });
  });

  test('computes rules itself, with the resources for it', () => {
    const { initContainers, containers } = podOf({ ...RULES, ...batched });
    expect(initContainers.map(({ name }) => name)).toEqual(['fetch']);
    expect(containers[0]).toMatchObject({ args: expect.arrayContaining(['--rules=/models/limits/1']), resources: { requests: { cpu: '500m' } } });
  });

  test('has a run for each version, and the same one whoever is stable: it reads its role as it starts', () => {
    const { stepping, promoting, baking } = stations(CHURN);
    const [one, ...others] = [stepping, promoting, baking].map((status) => cronJob(CHURN, status));
    for (const other of others) expect(other).toEqual(one);
    const objects = render(CHURN, stepping ?? aStatus(CHURN), ENVIRONMENT);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'NetworkPolicy weir-churn',
      'ConfigMap churn.route',
      'ConfigMap churn-a',
      'CronJob churn-a',
      'ConfigMap churn-b',
      'CronJob churn-b',
      'PodMonitor weir-churn',
    ]);
  });
});

const batched = { pattern: 'batch', ...(CHURN.batch === undefined ? {} : { batch: CHURN.batch }) } as const;

describe('the name of a run', () => {
  const model = fc.oneof(fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/), fc.constantFrom('m'.repeat(50), `m${'-'.repeat(48)}z`));

  test('leaves room for the minute of its Job and the number of its pod, for any model', () => {
    fc.assert(
      fc.property(model, fc.constantFrom('a', 'b'), (model, slot) => {
        expect(`${batchName(model, slot)}-29000000-99`).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/);
      }),
    );
  });

  test('is that of its model and slot, cut only where it must be, and shared with no other model', () => {
    expect(batchName('churn', 'b')).toBe('churn-b');
    fc.assert(
      fc.property(model, model, (one, other) => {
        fc.pre(one !== other);
        expect(batchName(one, 'a')).not.toBe(batchName(other, 'a'));
      }),
    );
    expect(batchName(`${'m'.repeat(49)}a`, 'a')).not.toBe(batchName(`${'m'.repeat(49)}b`, 'a'));
  });
});
