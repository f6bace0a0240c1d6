import { expect, test } from 'vitest';
import { effectiveModel, layersBelow } from '../../../runtime/model/layers/effective.ts';
import { profileOf } from '../../../runtime/model/layers/profiles.ts';
import { riskMinimum } from '../../../runtime/model/layers/risk.ts';
import { PRESETS, presetOf } from '../../../runtime/model/presets.ts';
import { compileModelCheck } from '../../../runtime/model/read/schemas.ts';
import { loadedOf, TEN_LINES } from '../files.ts';

const check = compileModelCheck();
const TEN = { model: 'any', owner: 'anybody', registry: { version: '1' }, outputs: { score: 'probability' } } as const;

test.each(PRESETS)('%s is what a model file could write out, word for word', (name) => {
  for (const languageModel of [false, true]) expect(check({ ...TEN, rollout: presetOf(name, languageModel) })).toEqual([]);
});

test.each(PRESETS)('a model file that writes %s out has the same plan as one that names it', (name) => {
  const below = layersBelow(null, profileOf('dev'));
  const [named, written] = [name, presetOf(name)].map((rollout) => effectiveModel({ file: { ...TEN, rollout }, below, service: null }).model);
  expect(written).toEqual(named);
});

test.each(PRESETS)('%s passes the checks of a model file', (name) => {
  const rollout = `rollout: {preset: ${name}, stickiness: {header: x-user-id}}`;
  expect(loadedOf(TEN_LINES.replace('rollout: standard', rollout)).model.rollout.preset).toBe(name);
});

test('the higher the risk, the more is asked for', () => {
  const [low, standard, high, regulated] = (['low', 'standard', 'high', 'regulated'] as const).map((risk) => riskMinimum(risk));
  expect([low?.gates.length, standard?.gates.length, high?.gates.length]).toEqual([0, 2, 5]);
  expect([low?.preset, standard?.preset, high?.preset, regulated?.preset]).toEqual([null, null, 'shadow-48h', 'shadow-48h']);
  expect([high?.predictions, regulated?.predictions]).toEqual(['0s', '184d']);
});
