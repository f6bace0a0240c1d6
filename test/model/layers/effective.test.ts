import { describe, expect, test } from 'vitest';
import { effectiveTenant } from '../../../runtime/model/layers/files.ts';
import type { LoadedModel } from '../../../runtime/model/loaded.ts';
import type { TenantFile } from '../../../runtime/model/tenant-file.ts';
import { type Around, loadedOf, problemsOf, TEN_LINES } from '../files.ts';

const LINES = TEN_LINES.split('\n').filter((line) => !line.startsWith('rollout'));
const file = (...lines: readonly string[]): string =>
  [...LINES.filter((line) => !lines.some((other) => line.startsWith(`${other.split(':')[0]}:`))), ...lines].join('\n');
const load = (text: string, around: Around = {}): LoadedModel => loadedOf(text, around);
const tenant = (more: Partial<TenantFile>): Around => ({
  tenant: effectiveTenant({ tenant: 'payments', owner: 'o', contacts: { email: 'a@b.c' }, groups: {}, ...more }),
});
const originOf = (model: LoadedModel, path: string): string | undefined => model.origins.get(path)?.text;

describe('layers', () => {
  test('lie above each other: platform, profile, tenant, preset, file', () => {
    const defaults = { serving: { batching: { max: 16, queue: 50 } } };
    const model = load(file('serving: {latency: 50ms, batching: {queue: 20}}'), { profile: 'prod', ...tenant({ defaults }) });
    expect(model.model.serving).toMatchObject({ latency: '50ms', batching: { max: 16, queue: 20, delay: '0s' }, autoscaling: { min: 2, max: 4 } });
    expect(
      ['serving.batching.delay', 'serving.autoscaling.min', 'serving.batching.max', 'serving.batching.queue', 'rollout.steps[0].shadow.percent'].map(
        (path) => originOf(model, path),
      ),
    ).toEqual(['platform default', 'profile prod', 'tenants/payments/tenant.yaml:9', 'line 9', 'preset standard']);
  });

  test('merge maps by field and replace lists whole', () => {
    const defaults = { drift: { ambient: ['country'], features: { amount: { warn: 0.2, critical: 0.5 } } } };
    const { model } = load(file('drift: {ambient: [amount], features: {country: {warn: 0.3, critical: 0.6}}}'), tenant({ defaults }));
    expect(model.drift.ambient).toEqual(['amount']);
    expect(Object.keys(model.drift.features).sort()).toEqual(['amount', 'country']);
  });

  test('resolve shorthand before they merge', () => {
    const defaults = { rollout: { preset: 'blue-green', progressDeadline: '20m' } } as const;
    const { model } = load(file('rollout: {bake: {duration: 1h}}'), tenant({ defaults }));
    expect(model.rollout).toMatchObject({ preset: 'blue-green', bake: { duration: '1h', controlMirror: 10 }, progressDeadline: '20m', steps: [] });
  });
});

describe('a preset', () => {
  test('lies under the words of the layer that names it, and over those below', () => {
    const defaults = { rollout: { preset: 'standard', bake: { duration: '3d' }, stickiness: { header: 'x-user-id' } } } as const;
    expect(load(file(), tenant({ defaults })).model.rollout.bake.duration).toBe('3d');
    const named = load(file('rollout: standard'), tenant({ defaults })).model.rollout;
    expect([named.bake.duration, named.stickiness]).toEqual(['24h', { header: 'x-user-id' }]); // no preset speaks of a header
  });

  test.each([
    [file(), 'standard', 'platform default'],
    [file('rollout: local'), 'local', 'line 10'],
    [file('risk: high'), 'shadow-48h', 'from risk'],
    [
      file(
        'serving: {engine: vllm, gpu: whole, latency: 30s}',
        'inputs: {messages: text}',
        'outputs: {answer: text}',
        'fallback: {answer: later}',
        'labels: []',
      ),
      'blue-green',
      'from serving.engine',
    ],
  ])('follows from the file: %#', (text, preset, origin) => {
    const model = load(text);
    expect([model.model.rollout.preset, originOf(model, 'rollout.preset')]).toEqual([preset, origin]);
  });

  test("of a risk class outranks the tenant's, and on one machine nobody is at risk", () => {
    const standard = tenant({ defaults: { rollout: 'standard' } });
    expect(load(file('risk: high'), standard).model.rollout.preset).toBe('shadow-48h');
    expect(load(file('risk: high'), { profile: 'local' }).model.rollout).toMatchObject({ preset: 'local', bake: { duration: '10s' } });
  });

  test('is raised to what the risk class asks for', () => {
    const groups = 'groups: [{name: age, values: [young, old], reference: old}]';
    const { rollout } = load(file('risk: regulated', groups)).model;
    expect(rollout.bake.duration).toBe('2d');
    expect(rollout.steps.findIndex((step) => 'approve' in step)).toBe(3);
    expect(rollout.gates.slice(-3)).toEqual([
      { type: 'Fairness', onFail: 'ShadowOnly' },
      { type: 'Explanation', onFail: 'Reject' },
      { type: 'Approval', onFail: 'Reject', by: 'owner' },
    ]);
    expect(load(file('risk: high')).model.rollout.gates.map(({ type }) => type)).not.toContain('Fairness');
  });

  test('of a language model goes 1, 10, 50 while both copies live, without a mirror, and waits for cold caches', () => {
    const lines = [
      'serving: {engine: vllm, gpu: whole, latency: 30s}',
      'inputs: {messages: text}',
      'outputs: {answer: text}',
      'fallback: {answer: later}',
      'labels: []',
    ];
    const { model } = load(file(...lines));
    expect(model.rollout.steps).toMatchObject([{ weight: 1 }, { weight: 10 }, { weight: 50 }]);
    expect(model.rollout).toMatchObject({
      bake: { duration: '2h', controlMirror: 0 },
      timing: { settle: '5m' },
      preview: { header: 'x-weir-preview' },
    });
    expect(model).toMatchObject({ llm: { tensorParallel: 1 }, serving: { gpus: 1 } });
  });

  test('of a model that nobody calls copies no requests and knows no header', () => {
    const batch = file('pattern: batch', 'batch: {schedule: "0 2 * * *", from: customers, to: scores}', 'fallback: {score: 0}', 'rollout: blue-green')
      .replace(/serving.*/, 'serving: {}')
      .replace(/fallback.*/, '');
    expect(load(batch).model.rollout.preview).toBeUndefined();
    const { steps, bake } = load(batch.replace('rollout: blue-green', 'risk: high')).model.rollout;
    expect(steps).toMatchObject([{ approve: { by: 'owner' } }, { weight: 10 }, { weight: 50 }]);
    expect(bake).toEqual({ duration: '2d', controlMirror: 0 });
  });

  test('of a challenger waits for labels as long as they need', () => {
    expect(load(file('rollout: champion-challenger')).model.rollout.bake.labelGate).toEqual({ minMatured: 2000, maxWait: '59d', onMaxWait: 'Hold' });
    expect(load(file('rollout: champion-challenger', 'labels: []')).model.rollout.bake.labelGate).toBeUndefined();
  });

  test('gives a version twice its load time to be ready', () => {
    const model = load(file('serving: {latency: 50ms, loadTime: 20m}'));
    expect([model.model.rollout.progressDeadline, originOf(model, 'rollout.progressDeadline')]).toEqual(['40m', 'from serving.loadTime']);
    expect(load(file()).model.rollout.progressDeadline).toBe('10m');
  });
});

describe('what nobody says follows from what is said', () => {
  test.each([
    ['serving: {latency: 50ms, gpu: fraction}', 'serving.mode', 'from serving.gpu', 'shared'],
    ['serving: {latency: 50ms, gpu: fraction}', 'serving.pool', 'from serving.mode', 'default'],
    ['serving: {latency: 50ms, gpu: whole}', 'serving.gpus', 'from serving.gpu', 1],
    ['owner: somebody', 'drift.responses.harm', 'from the absence of retraining', 'page'],
    ['traffic: {usual: 20}', 'traffic.peak', 'from traffic.usual', 60],
    ['slo: {availability: 0.999}', 'rollout.guards[0].floor', 'from slo.availability', 0.001],
    ['slo: {latency: {quantile: 0.99}}', 'rollout.guards[4].max', 'from slo.latency.quantile', 0.01],
    ['serving: {latency: 80ms}', 'slo.latency.seconds', 'from serving.latency', 0.08],
    ['description: none', 'score', 'from outputs', 'score'],
    ['description: none', 'route.path', 'from model', '/v2/models/fraud'],
    ['inputs: {note: text}', 'inputs.note.log', 'from inputs.note.kind', 'hash'],
    ['inputs: {picture: binary}', 'inputs.picture.log', 'from inputs.picture.kind', 'drop'],
    ['inputs: {seen: timestamp}', 'inputs.seen.datatype', 'from inputs.seen.kind', 'INT64'],
  ])('%s', (line, path, origin, value) => {
    const model = load(file(line));
    expect([originOf(model, path), valueIn(model.model, path)]).toEqual([origin, value]);
  });

  test.each([
    ['*/15 * * * *', '1h'],
    ['0 2 * * *', '24h'],
    ['0 2 * * sun', '7d'],
    ['0 4 1 * *', '31d'],
    ['0 4 1 3 *', '366d'],
  ])('a batch model on %s may be silent for %s', (schedule, cadence) => {
    const model = load(file('serving: {}', 'rollout: standard', 'pattern: batch', `batch: {schedule: "${schedule}", from: a, to: b}`));
    expect([model.model.drift.cadence, originOf(model, 'drift.cadence')]).toEqual([cadence, 'from batch.schedule']);
  });

  test('inputs of a restricted tenant are hashed unless a field says otherwise; outputs are not', () => {
    const model = load(file('inputs: {amount: {kind: numeric, log: full}, country: categorical}'), tenant({ dataClass: 'restricted' }));
    expect(model.model.inputs).toMatchObject({ amount: { log: 'full' }, country: { log: 'hash' } });
    expect(model.model.outputs).toMatchObject({ score: { log: 'full' } });
    expect(originOf(model, 'inputs.country.log')).toBe('from dataClass of the tenant');
  });

  test('fewest and most replicas fit each other when a file says one of them', () => {
    expect(load(file('serving: {latency: 50ms, autoscaling: {max: 1}}'), { profile: 'prod' }).model.serving.autoscaling).toMatchObject({
      min: 1,
      max: 1,
    });
    expect(load(file('serving: {latency: 50ms, autoscaling: {min: 6}}')).model.serving.autoscaling).toMatchObject({ min: 6, max: 6 });
    expect(problemsOf(file('serving: {latency: 50ms, autoscaling: {min: 6, max: 5}}'))).toHaveLength(1);
  });

  test('a range of members is their names', () => {
    const { model } = load(file('serving: {latency: 50ms, gpu: fraction, family: {header: x-district, members: "d-[08-10]-eu"}}'));
    expect(model.serving.family?.members).toEqual(['d-08-eu', 'd-09-eu', 'd-10-eu']);
  });
});

function valueIn(model: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined),
      model,
    );
}
