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
    expect(
      specOf(withLine(`rollout: {preset: ${preset}, steps: [{shadow: {}}, {approve: {by: ml-oncall}}, {weight: 30}]}`)).rollout.steps,
    ).toHaveLength(3);
  });
});

describe('a mistake', () => {
  test('is told with its line, carets and the word that was meant', () => {
    expect(textOf(TEN_LINES.replace('rollout: standard', 'rollout: standrad'))).toBe(
      [
        'tenants/payments/models/fraud.yaml:9:10  rollout  "standrad" is not a rollout preset',
        '    9 | rollout: standrad',
        '      |          ^^^^^^^^  did you mean "standard"? (standard, shadow-48h, local)',
      ].join('\n'),
    );
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
    ['serving: {latency: 0ms}', '9:20 serving.latency: 0ms leaves no time to answer'],
    ['serving: {latency: 5m}', "9:20 serving.latency: 5m is longer than a caller's connection is kept"],
    ['inputs: {}', '9:9 inputs: fields by name is empty'],
    ['inputs: {1st: numeric}', '9:10 inputs.1st: "1st" is not the name of a field'],
    ['inputs: {constructor: numeric}', '9:10 inputs.constructor: "constructor" is a reserved name'],
    ['inputs: {score: numeric}', '5:11 outputs.score: "score" is used twice'],
    ['inputs: {amount: {kind: numeric, datatype: BYTES}}', '9:44 inputs.amount.datatype: BYTES holds no numbers'],
    ['inputs: {amount: {kind: numeric, domain: {min: 2, max: 1}}}', '9:42 inputs.amount.domain: min 2 is not below max 1'],
    ['inputs: {amount: {kind: numeric, domain: {min: .nan, max: 1}}}', '9:48 inputs.amount.domain.min: NaN is not a number'],
    ['outputs: {score: numeric}', '9:1 outputs: no output is a probability'],
    ['score: scor', '10:8 score: "scor" is not an output of this model'],
    ['fallback: {scor: 0.1}', '9:1 fallback: has no value for "score"'],
    ['fallback: {score: 1.5}', "9:19 fallback.score: 1.5 is out of the output's domain"],
    ['fallback: {score: high}', '9:19 fallback.score: "high" is not a number'],
    ['labels: {event: chargeback}', '9:1 labels.delay: is missing'],
    ['slo: {latency: {seconds: 2}}', '10:26 slo.latency.seconds: 2 is later than the whole budget (serving.latency 50ms)'],
    ['drift: {minDrop: 0.2}', '10:18 drift.minDrop: a severe loss (0.05) is not above the least one (0.2)'],
    ['drift: {ambient: [amont]}', '10:19 drift.ambient[0]: "amont" is not an input of this model'],
    ['drift: {ambient: [amount, amount]}', '10:18 drift.ambient: names one twice'],
    ['drift: {maxNullShare: {amont: 0.1}}', '10:24 drift.maxNullShare.amont: "amont" is not an input of this model'],
    ['rollout: {steps: []}', '9:18 rollout.steps: a list of steps is empty'],
    ['rollout: {steps: [{wieght: 5}]}', '9:20 rollout.steps[0].wieght: "wieght" is not a field of a weight step'],
    ['rollout: {steps: [{weight: 25}, {weight: 5}]}', '9:42 rollout.steps[1].weight: weight 5 after weight 25'],
    ['rollout: {steps: [{weight: 25}, {shadow: {percent: 5}}]}', '9:42 rollout.steps[1].shadow: a shadow step after weight 25'],
    ['rollout: {steps: [{weight: 500}]}', '9:28 rollout.steps[0].weight: 500 is out of range for a weight in percent'],
    ['rollout: {steps: [{weight: 5, minDwell: 2h, maxDwell: 1h}]}', '9:55 rollout.steps[0].maxDwell: 1h is shorter than minDwell 2h'],
    ['rollout: {steps: [{weight: 5, maxDwell: 1m}]}', '9:41 rollout.steps[0].maxDwell: 1m is shorter than minDwell 10m'],
    ['rollout: {steps: [{weight: 33.3333}]}', '9:28 rollout.steps[0].weight: weight 33.3333 is finer than 0.01 %'],
    ['rollout: {gates: [{type: RegistryMetric}]}', '9:19 rollout.gates[0].metric: is missing'],
    ['rollout: {stickiness: {header: X-User}}', '9:32 rollout.stickiness.header: "X-User" is not the name of a header'],
  ])('in %s is answered by name', (line, problem) => {
    expect(problemsOf(withLine(line))).toContain(problem);
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
