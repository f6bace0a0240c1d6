import { expect, test } from 'vitest';
import { sentenceOf } from '../../runtime/local/sentence.ts';
import type { ModelView } from '../../runtime/local/view.ts';
import { AT, fixtureView } from '../page/fixture.ts';

const [busy] = fixtureView().models;
if (busy === undefined) throw new Error('the fixture has a model');
/** A model of which nothing is to be said. */
const calm: ModelView = {
  ...busy,
  phase: 'Stable',
  candidateVersion: null,
  weight: 0,
  conditions: [],
  locks: [],
  history: [],
  guards: [],
  samples: [],
  drift: null,
};
const at = (secondsAgo: number): string => new Date(AT - secondsAgo * 1_000).toISOString();
const say = (...models: readonly ModelView[]): { level: string; text: string } => sentenceOf(models, [], AT);

test('one healthy model is named with its version; several are counted', () => {
  expect(say(calm)).toEqual({ level: 'ok', text: 'eta 1 is healthy.' });
  expect(say(calm, calm)).toEqual({ level: 'ok', text: 'All 2 models healthy.' });
});

test('no models at all is no silence: the next step is told', () => {
  expect(say()).toEqual({ level: 'attention', text: 'No models yet: add a model file to the tenants folder.' });
});

test('a rollback is told with when, why and what serves, without the figures of the evidence', () => {
  const last = {
    at: at(240),
    from: 'RollingBack',
    to: 'Locked',
    attempt: 'eta-3',
    reason: 'Locked',
    message: 'errors: 7 of 219 against 0 of 3,982; evidence 272 (limit 250)',
  } as const;
  const lock = { digest: 'sha256:4b', version: '3', reason: 'errors', at: at(240), bundle: null };
  expect(say({ ...calm, phase: 'Locked', candidateVersion: '3', history: [last], locks: [lock] })).toEqual({
    level: 'attention',
    text: 'eta 3 was rolled back 4 min ago: errors: 7 of 219 against 0 of 3,982. 1 serves; nothing to do tonight.',
  });
});

test('answers by fallback outrank everything: callers do not get the model', () => {
  const arm = { requests: 100, errors: 30, fallbacks: 30, p50: 1, p95: 2 };
  const none = { requests: 0, errors: 0, fallbacks: 0, p50: null, p95: null };
  const samples = [{ at: AT, stable: arm, candidate: none, weight: 0 }];
  const text = 'eta 1 fails 30 % of its requests; callers get the declared fallback.';
  expect(say({ ...calm, samples }, { ...calm, phase: 'RollingBack', candidateVersion: '2' })).toEqual({ level: 'alarm', text });
});

test('a drifted feature is named once, with what is known of its harm', () => {
  const drift = busy.drift;
  if (drift === null) throw new Error('the fixture has drift');
  const conclusion = 'distance: harm none shown: AUC 0.701 against 0.706 on 16,204 matured labels';
  const { text } = say({ ...calm, drift: { ...drift, quality: [], conclusion } });
  expect(text).toBe('eta: distance drifted; harm none shown: AUC 0.701 against 0.706 on 16,204 matured labels.');
});

test('what was switched on by hand is told as the cause', () => {
  const on = [{ name: 'km', active: true, text: '' } as const, { name: 'slow', active: false, text: '' } as const];
  expect(sentenceOf([calm], on, AT).text).toBe('eta 1 is healthy. Switched on by hand: km.');
});

test('a version that cannot be loaded is an alarm with its reason, also before any request failed; one that is loading is none', () => {
  const ready = (message: string): ModelView => {
    return { ...calm, conditions: [{ type: 'Ready', status: false, reason: 'NotReady', message, since: at(5) }] };
  };
  expect(say(ready('version 1 cannot be loaded: model.onnx differs'))).toEqual({
    level: 'alarm',
    text: 'eta 1 does not serve: version 1 cannot be loaded: model.onnx differs. Callers get the declared fallback.',
  });
  expect(say(ready('version 1 is loading')).level).toBe('ok');
});

test('a rollback of the last minutes stays told when all is well again', () => {
  const lock = {
    digest: 'sha256:4b',
    version: '3',
    reason: 'errors: 8 of 113 against 0 of 2,438; evidence 269 (limit 250)',
    at: at(20),
    bundle: null,
  };
  expect(say({ ...calm, locks: [lock] })).toEqual({
    level: 'ok',
    text: 'eta 1 is healthy. Version 3 was rolled back 20 s ago and is locked: errors: 8 of 113 against 0 of 2,438.',
  });
  expect(say({ ...calm, locks: [{ ...lock, at: at(3_600) }] }).text).toBe('eta 1 is healthy.');
});
