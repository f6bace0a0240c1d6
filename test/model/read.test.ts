import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../runtime/model/presets.ts';
import { expandRollout } from '../support/plan.ts';
import { problemsOf, specOf, TEN_LINES, textOf } from './files.ts';

const LINES = TEN_LINES.split('\n');
const without = (key: string): string => LINES.filter((line) => !line.startsWith(key)).join('\n');
const withLine = (line: string): string => `${without(`${line.split(':')[0]}:`)}${line}\n`;

describe('a model file', () => {
  test('of ten lines gives a model with every default filled in', () => {
    const spec = specOf(TEN_LINES);
    expect(spec).toMatchObject({
      tenant: 'payments',
      name: 'fraud',
      registry: { model: 'fraud', version: '8' },
      inputs: [
        { name: 'amount', kind: 'numeric', datatype: 'FP32', log: 'full' },
        { name: 'country', kind: 'categorical', datatype: 'BYTES', log: 'full' },
      ],
      outputs: [{ name: 'score', kind: 'numeric', datatype: 'FP32', domain: { min: 0, max: 1 } }],
      score: 'score',
      serving: { latencySeconds: 0.05 },
      slo: { availability: 0.995, latency: { quantile: 0.95, seconds: 0.05 } },
      labels: [{ event: 'chargeback', delaySeconds: 45 * 86_400 }],
      fallback: { score: 0.02 },
      drift: { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3600, maxNullShare: {}, ambient: [] },
    });
    expect(spec.rollout).toEqual(expandRollout('standard', {}, spec.slo));
  });

  test('may leave out everything that has a default', () => {
    const spec = specOf(LINES.slice(0, 6).join('\n'));
    expect(spec).toMatchObject({ labels: [], fallback: null, rollout: { preset: 'standard' } });
  });

  test('says the same with inputs as a map or as a list, and with one label or a list of one', () => {
    const list = withLine('inputs: [{name: amount, kind: numeric}, {name: country, kind: categorical}]');
    expect(specOf(list).inputs).toEqual(specOf(TEN_LINES).inputs);
    expect(specOf(withLine('labels: [{event: chargeback, delay: 45d}]')).labels).toEqual(specOf(TEN_LINES).labels);
  });

  test('keeps its other words when a preset is given with what differs', () => {
    const { rollout, slo } = specOf(withLine('rollout: {preset: local, steps: [{weight: 5}, {weight: 20, minDwell: 1m}], bake: {duration: 1h}}'));
    const local = expandRollout('local', {}, slo);
    expect(rollout.steps).toEqual([
      { kind: 'weight', weight: 500, margin: 4, minSamples: 100, minDwellSeconds: 5, maxDwellSeconds: 600, onMaxDwell: 'Hold' },
      { kind: 'weight', weight: 2000, margin: 2, minSamples: 200, minDwellSeconds: 60, maxDwellSeconds: 600, onMaxDwell: 'Hold' },
    ]);
    expect(rollout.bake).toEqual({ ...local.bake, durationSeconds: 3600 });
    expect({ ...rollout, steps: [], bake: local.bake }).toEqual({ ...local, steps: [] });
  });

  test.each(PRESETS)('may override one step of preset %s with a bare weight or shadow', (preset) => {
    const steps = '[{shadow: {}}, {approve: {by: ml-oncall}}, {weight: 30}]';
    const rollout = `rollout: {preset: ${preset}, stickiness: {header: x-user-id}, steps: ${steps}}`;
    expect(specOf(withLine(rollout)).rollout.steps).toHaveLength(3);
  });
});

describe('a mistake', () => {
  test('is told with its line, carets and the word that was meant', () => {
    expect(textOf(TEN_LINES.replace('rollout: standard', 'rollout: standrad'))).toBe(
      [
        'tenants/payments/models/fraud.yaml:9:10  rollout  "standrad" is not a rollout preset',
        '    9 | rollout: standrad',
        '      |          ^^^^^^^^  did you mean "standard"? (standard, shadow-48h, blue-green, ab-test, champion-challenger, local)',
      ].join('\n'),
    );
  });

  test('is told by its beginning when it is long, with its length', () => {
    const text = textOf(TEN_LINES.replace('owner: payments-ml', `owner: "${'x '.repeat(20_000)}"`));
    expect(text).toContain(`owner  "${'x '.repeat(60)}…" (40000 characters) is not the name of a team\n`);
  });

  test('of every kind is told at once, in the order of the file', () => {
    const text = TEN_LINES.replace('owner', 'ownr').replace('50ms', '50').replace('categorical', 'categoric').replace('45d', '45 days');
    expect(problemsOf(text)).toEqual([
      '2:1 ownr: "ownr" is not a field of a model file',
      '4:20 serving.latency: 50 is not a duration',
      '5:36 inputs.country: "categoric" is not a kind of field',
      '7:36 labels.delay: "45 days" is not a duration',
    ]);
  });

  test.each([
    ['registry: {version: 1.10}', '9:21 registry.version: 1.10 is read as the number 1.1'],
    ['registry: {version: 007}', '9:21 registry.version: 007 is read as the number 7'],
    ['registry: {version: ../8}', '9:21 registry.version: "../8" is not a version'],
    ['model: Fraud', '9:8 model: "Fraud" is not a DNS name'],
    ['model: ../../etc', '9:8 model: "../../etc" is not a DNS name'],
    ['owner:', '9:1 owner: has no value'],
    ['inputs: {}', '9:9 inputs: fields by name is empty'],
    ['inputs: {1st: numeric}', '9:10 inputs.1st: "1st" is not the name of a field'],
    ['inputs: {amount: {kind: numeric, domain: {min: .nan, max: 1}}}', '9:48 inputs.amount.domain.min: NaN is not a number'],
    ['labels: {event: chargeback}', '9:1 labels.delay: is missing'],
    ['drift: {ambient: [amount, amount]}', '10:18 drift.ambient: names one twice'],
    ['rollout: {steps: [{wieght: 5}]}', '9:20 rollout.steps[0].wieght: "wieght" is not a field of a weight step'],
    ['rollout: {steps: [{weight: 500}]}', '9:28 rollout.steps[0].weight: 500 is out of range for a weight in percent'],
    ['rollout: {stickiness: {header: X-User}}', '9:32 rollout.stickiness.header: "X-User" is not the name of a header'],
    ['cost: {spot: yes}', '10:14 cost.spot: "yes" is not true or false'],
    ['serving: {latency: 50ms, batching: {max: "8"}}', '9:42 serving.batching.max: "8" is not a batch size'],
    ['serving: {latency: 50ms, batching: {max: 1_000}}', '9:42 serving.batching.max: "1_000" is not a batch size'],
    ['serving: {latency: 50ms, batching: {max: 010}}', '9:42 serving.batching.max: 010 is read as the number 10'],
    ['serving: {latency: 50ms, instances: 0x10}', '9:37 serving.instances: 0x10 is read as the number 16'],
    ['serving: {latency: 50ms, instances: .nan}', '9:37 serving.instances: NaN is not a number of instances'],
    ['slo: {availability: .inf}', '10:21 slo.availability: Infinity is not a share of requests'],
    ['cost: {center: 4711}', '10:16 cost.center: 4711 is not a cost center'],
    ['retraining: {workflow: a, minRows: 9007199254740993}', '10:36 retraining.minRows: 9007199254740993 is read as the number 9007199254740992'],
    ['llm: {prompt: {name: a, version: 1.10}}', '10:34 llm.prompt.version: 1.10 is read as the number 1.1'],
    ['inputs: [{name: a, kind: numeric}, {name: a, kind: numeric}]', '9:43 inputs[1].name: "a" is used twice'],
    ['serving: {family: {header: x-a, members: "m-[9-10]"}}', '9:42 serving.family.members: 9 and 10 are not of equal length'],
    ['serving: {family: {header: x-a, members: "m-[20-10]"}}', '9:42 serving.family.members: the range runs backwards, from 20 to 10'],
    ['serving: {family: {header: x-a, members: "m-[0000-1000]"}}', '9:42 serving.family.members: a range of 1001 members'],
    ['rollout: {steps: [{}]}', '9:19 rollout.steps[0]: a map is not a step'],
    ['serving: {gpu: fractoin}', '9:16 serving.gpu: "fractoin" is not a way to share a GPU'],
  ])('in %s is answered by name', (line, problem) => {
    expect(problemsOf(withLine(line))).toContain(problem);
  });

  test.each([
    ['cost: {spot: off}', 'YAML reads off as text: write false.'],
    ['serving: {batching: {max: "1,000"}}', 'YAML reads this as text: write 1000, without quotes or separators.'],
    ['cost: {center: 4711}', 'YAML reads this as a number: put it in quotes, "4711".'],
    ['labels: {event: a, delay: 45}', 'A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d'],
    ['slo: {availability: .nan}', 'Write a finite number.'],
  ])('in %s is answered with what YAML made of it', (line, remedy) => {
    expect(textOf(withLine(line))).toContain(remedy);
  });

  test('is told once, whatever the schema thinks of what YAML made of it', () => {
    expect(problemsOf(withLine('retraining: {workflow: a, minRows: 90071992547409931}'))).toHaveLength(1);
  });

  test('has a remedy, whatever a field holds', () => {
    const value = fc.constantFrom('null', '[]', '{}', '-1', '1e400', '""', 'true', '[[x]]', '{a: {b: c}}', '.inf', '" "', '0', '!!binary x');
    fc.assert(
      fc.property(fc.constantFrom(...LINES.filter(Boolean)), value, (line, given) => {
        const text = withLine(`${line.split(':')[0]}: ${given}`);
        for (const problem of textOf(text).split('\n').filter(Boolean)) expect(problem).toMatch(/^(tenants\/|\s+\d+ \||\s+\|)/);
        expect(textOf(text)).not.toMatch(/undefined|\[object|right here/);
      }),
    );
  });
});
