import { describe, expect, test } from 'vitest';
import type { Fixture } from '../../../policies/rule.ts';
import { tritonNoPoll } from '../../../policies/rules/serving/triton-no-poll.ts';
import { tritonRestrictedApi } from '../../../policies/rules/serving/triton-restricted-api.ts';
import { tritonStartupCoversLoad } from '../../../policies/rules/serving/triton-startup-covers-load.ts';
import { changed, foundIn } from '../parts.ts';

const ARGS = 'spec.template.spec.containers.0.args';
const container = 'fraud-a spec.template.spec.containers[0]';

/** A container of a Pod, as somebody else's manifest has it. */
const pod = (one: object): Fixture => [
  { props: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'triton' }, spec: { containers: [{ name: 'server', ...one }] } } },
];

describe('triton-no-poll', () => {
  test.each([
    ['a flag with its value apart', { image: 'nvcr.io/nvidia/tritonserver:26.07-py3', args: ['tritonserver', '--model-control-mode', 'poll'] }],
    [
      'a line for a shell',
      { image: 'own/image', command: ['/bin/sh', '-c', 'exec tritonserver --model-control-mode="poll" --repository-poll-secs=5'] },
    ],
  ])('polling by %s is found', (_, one) => {
    expect(foundIn(tritonNoPoll, pod(one))).toEqual(['triton spec.containers[0].args']);
  });

  test.each([
    ['the default', { image: 'nvcr.io/nvidia/tritonserver:26.07-py3', args: ['tritonserver', '--model-repository=/models'] }],
    ['another server', { image: 'own/server', args: ['--model-control-mode=poll'] }],
  ])('%s is left alone', (_, one) => {
    expect(foundIn(tritonNoPoll, pod(one))).toEqual([]);
  });

  test('a CronJob’s Triton is found as well', () => {
    const spec = { containers: [{ name: 'triton', image: 'tritonserver', args: ['--model-control-mode=poll'] }] };
    const job = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'score' }, spec: { jobTemplate: { spec: { template: { spec } } } } };
    expect(foundIn(tritonNoPoll, [{ props: job }])).toEqual(['score spec.jobTemplate.spec.template.spec.containers[0].args']);
  });
});

describe('triton-restricted-api', () => {
  const KEY = 'admin-key=$(TRITON_ADMIN_KEY)';
  const ALL = 'model-repository,trace,logging,shared-memory';
  const HTTP = `--http-restricted-api=${ALL}:${KEY}`;
  const GRPC = `--grpc-restricted-protocol=${ALL}:${KEY}`;
  const ask = (...args: readonly string[]) =>
    foundIn(tritonRestrictedApi, changed(tritonRestrictedApi.pass, { path: ARGS, to: ['--model-control-mode=explicit', ...args] }));

  test.each([
    ['nothing', [], 2],
    ['HTTP alone', [HTTP], 1],
    ['gRPC alone', [GRPC], 1],
    ['less than all', [HTTP, `--grpc-restricted-protocol=model-repository:${KEY}`], 1],
    ['a key that everybody can read', [`--http-restricted-api=${ALL}:admin-key=hunter2`, GRPC], 1],
  ])('restricting %s leaves a way in', (_, args, count) => {
    expect(ask(...args)).toEqual(Array.from({ length: count }, () => `${container}.args`));
  });

  test.each([
    ['one flag for each interface', [...ALL.split(',').map((api) => `--http-restricted-api=${api}:${KEY}`), GRPC]],
    ['a way that is shut', [HTTP, '--allow-grpc=false']],
  ])('%s is enough', (_, args) => {
    expect(ask(...args)).toEqual([]);
  });

  test('a Triton that loads nothing on demand needs no key', () => {
    expect(foundIn(tritonRestrictedApi, pod({ image: 'nvcr.io/nvidia/tritonserver:26.07-py3', args: ['tritonserver'] }))).toEqual([]);
  });

  test('which interfaces is the environment’s to say', () => {
    const some = changed(tritonRestrictedApi.pass, {
      path: ARGS,
      to: ['--model-control-mode=explicit', `--http-restricted-api=model-repository:${KEY}`, '--allow-grpc=false'],
    });
    expect(foundIn(tritonRestrictedApi, some)).toEqual([`${container}.args`]);
    expect(foundIn(tritonRestrictedApi, some, { apis: ['model-repository'] })).toEqual([]);
  });
});

describe('triton-startup-covers-load', () => {
  const of = 'fraud-a';
  const PROBE = 'spec.template.spec.containers.0.startupProbe';
  const ask = (path: string, to: unknown) => foundIn(tritonStartupCoversLoad, changed(tritonStartupCoversLoad.pass, { of, path, to }));

  test.each([
    ['too few tries', `${PROBE}.failureThreshold`, 59, 'startupProbe'],
    ['tries that follow each other faster', `${PROBE}.periodSeconds`, 5, 'startupProbe'],
    ['no startup probe beside liveness', PROBE, undefined, 'livenessProbe'],
  ])('%s: the kubelet ends it while it loads', (_, path, to, where) => {
    expect(ask(path, to)).toEqual([`${container}.${where}`]);
  });

  test('a model that takes longer than it did needs a longer probe', () => {
    const slower = changed(tritonStartupCoversLoad.pass, { of: 'fraud', path: 'spec.serving.loadTime', to: '5m1s' });
    expect(foundIn(tritonStartupCoversLoad, slower)).toEqual([`${container}.startupProbe`]);
  });

  test('a rollout that gives up before its probe does reports a failure that is none', () => {
    expect(ask('spec.progressDeadlineSeconds', 599)).toEqual(['fraud-a spec.progressDeadlineSeconds']);
    expect(ask('spec.progressDeadlineSeconds', undefined)).toEqual([]); // 600 by itself, and the probe waits as long
    const patient = changed(changed(tritonStartupCoversLoad.pass, { of, path: `${PROBE}.failureThreshold`, to: 61 }), {
      of,
      path: 'spec.progressDeadlineSeconds',
      to: undefined,
    });
    expect(foundIn(tritonStartupCoversLoad, patient)).toEqual(['fraud-a spec.progressDeadlineSeconds']);
  });

  test('nobody ends a server without probes', () => {
    const bare = changed(changed(tritonStartupCoversLoad.pass, { of, path: PROBE, to: undefined }), {
      of,
      path: 'spec.template.spec.containers.0.livenessProbe',
      to: undefined,
    });
    expect(foundIn(tritonStartupCoversLoad, bare)).toEqual([]);
  });

  test('the model of another tenant says nothing about it', () => {
    const elsewhere = changed(tritonStartupCoversLoad.fail, { of: 'fraud', path: 'metadata.namespace', to: 'tenant-shop' });
    expect(foundIn(tritonStartupCoversLoad, elsewhere)).toEqual([]);
  });

  const image = 'nvcr.io/nvidia/tritonserver:26.07-py3';
  test.each([
    ['30 s, by Kubernetes’ defaults', { image, livenessProbe: {} }, ['triton spec.containers[0].livenessProbe']],
    ['a minute of patience', { image, livenessProbe: { initialDelaySeconds: 30 } }, []],
    ['a startup probe', { image, livenessProbe: {}, startupProbe: { failureThreshold: 30 } }, []],
    ['another server', { image: 'nginx', livenessProbe: {} }, []],
    ['its clients', { image: 'nvcr.io/nvidia/tritonserver:26.07-py3-sdk', livenessProbe: {} }, []],
  ])('where nobody says how long it loads: %s', (_, one, wanted) => {
    expect(foundIn(tritonStartupCoversLoad, pod(one))).toEqual(wanted);
  });
});
