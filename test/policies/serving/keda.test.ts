import { describe, expect, test } from 'vitest';
import { kedaFallbackAndNulls } from '../../../policies/rules/serving/keda-fallback-and-nulls.ts';
import { kedaZeroNotOnTriton } from '../../../policies/rules/serving/keda-zero-not-on-triton.ts';
import { changed, foundIn } from '../parts.ts';

const TRIGGERS = 'spec.triggers';

describe('keda-fallback-and-nulls', () => {
  const ask = (path: string, to: unknown) => foundIn(kedaFallbackAndNulls, changed(kedaFallbackAndNulls.pass, { path, to }));
  const NULLS = `${TRIGGERS}.0.metadata.ignoreNullValues`;

  test.each([
    [NULLS, 'true', `${TRIGGERS}[0].metadata.ignoreNullValues`],
    [NULLS, undefined, `${TRIGGERS}[0].metadata.ignoreNullValues`],
    ['spec.fallback', undefined, 'spec.fallback'],
    ['spec.fallback.replicas', 0, 'spec.fallback.replicas'],
    ['spec.fallback.replicas', 1, 'spec.fallback.replicas'],
    ['spec.fallback.behavior', undefined, 'spec.fallback.behavior'],
    ['spec.fallback.behavior', 'currentReplicasIfLower', 'spec.fallback.behavior'],
  ])('%s = %j breaks it', (path, to, where) => {
    expect(ask(path, to)).toEqual([`fraud-a ${where}`]);
  });

  test.each([
    ['spec.fallback.behavior', 'currentReplicas'],
    ['spec.fallback', { failureThreshold: 3, replicas: 100 }], // static, at KEDA's own most
    [NULLS, false],
  ])('%s = %j keeps it', (path, to) => {
    expect(ask(path, to)).toEqual([]);
  });

  test('a queue that does not answer needs a fallback, a calendar and load of pods need none', () => {
    const without = changed(kedaFallbackAndNulls.pass, { path: 'spec.fallback', to: undefined });
    const by = (...types: readonly string[]) =>
      foundIn(kedaFallbackAndNulls, changed(without, { path: TRIGGERS, to: types.map((type) => ({ type })) }));
    expect(by('kafka', 'cron')).toEqual(['fraud-a spec.fallback']);
    expect(by('cpu', 'memory', 'cron')).toEqual([]);
  });
});

describe('keda-zero-not-on-triton', () => {
  const [pending] = [{ type: 'prometheus', metadata: { query: 'avg(vllm:num_requests_running{weir_dev_model="eta"})' } }];
  const ask = (triggers: readonly object[], spec: Readonly<Record<string, unknown>> = {}) =>
    foundIn(
      kedaZeroNotOnTriton,
      Object.entries(spec).reduce(
        (fixture, [key, to]) => changed(fixture, { path: `spec.${key}`, to }),
        changed(kedaZeroNotOnTriton.pass, { path: TRIGGERS, to: triggers }),
      ),
    );
  const FOUND = ['eta-a spec.triggers'];

  test.each([
    ['vLLM’s own metrics', [pending], {}],
    ['a calendar beside them', [pending, { type: 'cron' }], {}],
    ['load of pods beside them', [pending, { type: 'cpu' }], {}],
    ['KEDA’s default of fewest replicas', [pending], { minReplicaCount: undefined }],
    ['an idle count of zero', [pending], { minReplicaCount: 2, idleReplicaCount: 0 }],
  ])('at zero with %s nothing wakes it', (_, triggers, spec) => {
    expect(ask(triggers, spec)).toEqual(FOUND);
  });

  test.each([
    ['a topic’s lag', [pending, { type: 'kafka' }], {}],
    ['one replica that stays', [pending], { minReplicaCount: 1 }],
    ['nothing of Triton’s', [{ type: 'prometheus', metadata: { query: 'sum(rate(http_requests_total[1m]))' } }], {}],
  ])('with %s it is woken, or never sleeps', (_, triggers, spec) => {
    expect(ask(triggers, spec)).toEqual([]);
  });
});
