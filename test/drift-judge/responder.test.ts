import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Evaluation } from '../../runtime/drift/evaluate.ts';
import { act } from '../../runtime/drift/responder/act.ts';
import { type AlarmRecord, decide, RESPONSES, type ResponderContext } from '../../runtime/drift/responder/decide.ts';
import { Publisher } from '../../runtime/drift/service/publish.ts';
import { flightsReference, MAY } from './fixture.ts';
import { type Bench, openBench } from './platform.ts';

const ALARM: AlarmRecord = {
  kind: 'weir.drift/Alarm',
  v: 1,
  id: '0123456789abcdef'.repeat(4),
  tenant: 'flights',
  model: 'eta',
  version: '7',
  feature: 'hour',
  about: 'drift',
  state: 'critical',
  openedAt: MAY,
  closedAt: null,
  parent: null,
  evaluation: null,
  done: [],
};
const found = (conclusion: Evaluation['conclusion'], final = true): Evaluation => {
  return { basis: 'matured', conclusion, final, auc: 0.6, yardstick: 0.7, against: 'reference', labelled: 9000, drop: 0.1, text: 'shown: …' };
};
const CONTEXT: ResponderContext = {
  what: 'hour CRITICAL',
  evaluation: null,
  rolledOutAt: MAY - 30 * 86_400,
  canRollBack: true,
  owner: 'ml-eta',
  responses: RESPONSES,
  saidBy: null,
};
const names = (alarm: Partial<AlarmRecord>, context: Partial<ResponderContext>): string[] =>
  decide({ ...ALARM, ...alarm }, { ...CONTEXT, ...context }).map(({ name }) => name);

describe('decide, by the table of 20-drift 12', () => {
  test('warn and critical tell the owner, once each', () => {
    expect(names({ state: 'warn' }, {})).toEqual(['warn']);
    expect(names({ state: 'warn', done: ['warn'] }, {})).toEqual([]);
    expect(names({ done: ['warn'] }, {})).toEqual(['critical']);
  });
  test('no harm downgrades it to harmless drift; nobody is paged', () => {
    expect(names({ done: ['critical'] }, { evaluation: found('none shown') })).toEqual(['harmless']);
  });
  test('an estimate or too few labels act on nothing', () => {
    expect(names({ done: ['critical'] }, { evaluation: { ...found('unknown', false), basis: 'estimated' } })).toEqual(['evaluated estimated']);
    expect(names({ done: ['critical'] }, { evaluation: found('none shown', false) })).toEqual(['evaluated matured']);
  });
  test('harm beyond the limit rolls back and pages; lesser harm only within a day of the rollout', () => {
    expect(names({ done: ['critical'] }, { evaluation: found('severe') })).toEqual(['rollback', 'page']);
    expect(names({ done: ['critical'] }, { evaluation: found('harm') })).toEqual(['page']);
    expect(names({ done: ['critical'] }, { evaluation: found('harm'), rolledOutAt: MAY - 3600 })).toEqual(['rollback', 'page']);
  });
  test('with nothing to go back to it pages and says so', () => {
    const [page] = decide({ ...ALARM, done: ['critical'] }, { ...CONTEXT, evaluation: found('severe'), canRollBack: false });
    expect(page).toMatchObject({ kind: 'page', text: expect.stringContaining('no former version to go back to') });
  });
  test.each([
    ['nobody is told of a warning', { warn: 'none' }, { state: 'warn' as const }, {}, []],
    ['nobody is told of a warning that critical drift became', { warn: 'none' }, { state: 'warn' as const, done: ['critical'] }, {}, []],
    ['critical drift is told all the same', { warn: 'none' }, {}, {}, ['critical']],
    ['severe harm pages', { severe: 'page' }, { done: ['critical'] }, { evaluation: found('severe') }, ['page']],
    ['harm soon after a rollout pages', { severe: 'page' }, { done: ['critical'] }, { evaluation: found('harm'), rolledOutAt: MAY - 3600 }, ['page']],
    ['harm pages', { harm: 'page' }, { done: ['critical'] }, { evaluation: found('harm') }, ['page']],
    ['severe harm still rolls back', { harm: 'page', warn: 'none' }, { done: ['critical'] }, { evaluation: found('severe') }, ['rollback', 'page']],
  ] as const)('by the model file %s', (_, responses, alarm, context, acts) => {
    expect(names(alarm, { ...context, responses: { ...RESPONSES, ...responses } })).toEqual(acts);
  });
  test('a recorded warning that ends is no news to anybody', () => {
    expect(names({ state: 'ok', done: [] }, { responses: { ...RESPONSES, warn: 'none' } })).toEqual([]);
  });
  test.each([
    [{}, 'not rolled back: neither severe nor a fresh rollout; not retrained: nothing is retrained by itself here'],
    [{ responses: { ...RESPONSES, harm: 'page' } }, 'not rolled back: neither severe nor a fresh rollout'],
    [
      { responses: { ...RESPONSES, severe: 'page', harm: 'page' }, evaluation: found('severe') },
      'not rolled back: the model file leaves it to people',
    ],
    [{ canRollBack: false }, 'not rolled back: no former version to go back to; not retrained: nothing is retrained by itself here'],
  ] as const)('with %j the page says why nothing was done', (context, words) => {
    const [page] = decide({ ...ALARM, done: ['critical'] }, { ...CONTEXT, evaluation: found('harm'), ...context });
    expect(page?.text.endsWith(words)).toBe(true);
  });
  test('any responses: nothing but a final harm rolls back, and never against the file', () => {
    const context = fc.record({
      evaluation: fc.constantFrom(null, found('none shown'), found('harm'), found('severe'), found('harm', false)),
      canRollBack: fc.boolean(),
      rolledOutAt: fc.constantFrom(MAY - 3600, MAY - 30 * 86_400),
      responses: fc.record({
        warn: fc.constantFrom('notify' as const, 'none' as const),
        harm: fc.constantFrom('retrain' as const, 'page' as const),
        severe: fc.constantFrom('rollback' as const, 'page' as const),
      }),
    });
    fc.assert(
      fc.property(context, fc.constantFrom('warn' as const, 'critical' as const), (given, state) => {
        const kinds = decide({ ...ALARM, state }, { ...CONTEXT, ...given }).map(({ kind }) => kind);
        const harm = given.evaluation?.final === true && given.evaluation.conclusion !== 'none shown';
        const may = state === 'critical' && harm && given.canRollBack && given.responses.severe === 'rollback';
        expect(kinds.includes('rollback') && !may).toBe(false);
        expect(kinds.includes('page')).toBe(state === 'critical' && harm);
      }),
    );
  });
  test('the defaults are those of the schema', () => {
    const schema: { properties: { drift: { properties: { responses: { properties: Record<keyof typeof RESPONSES, { default: string }> } } } } } =
      JSON.parse(readFileSync('tenants/schemas/model.v1alpha1.json', 'utf8'));
    const { warn, harm, severe } = schema.properties.drift.properties.responses.properties;
    expect(RESPONSES).toEqual({ warn: warn.default, harm: harm.default, severe: severe.default });
  });
  test('data that cannot be used pages at once, one page per cause', () => {
    expect(names({ about: 'quality', feature: 'nulls distance' }, {})).toEqual(['critical', 'page']);
    expect(names({ about: 'quality', feature: 'volume' }, { saidBy: 'other' })).toEqual([]);
  });
  test('a member of an upstream change stays mute', () => {
    expect(names({ parent: 'up' }, { evaluation: found('severe') })).toEqual([]);
  });
  test('the end is told only of what had been told', () => {
    expect(names({ state: 'ok', done: ['critical'] }, {})).toEqual(['cleared']);
    expect(names({ state: 'ok' }, {})).toEqual([]);
  });
});

describe('act', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench(flightsReference());
  });
  afterEach(() => bench.close());

  test('a rollback asked for twice, by two lives of the responder, is one ModelAction and one line', async () => {
    const created = new Map<string, string>();
    const objects = {
      createAction: async ({ name, spec }: { name: string; spec: { reason: string } }) => {
        if (created.has(name)) return false;
        created.set(name, spec.reason);
        return true;
      },
    };
    const [rollback] = decide({ ...ALARM, done: ['critical'] }, { ...CONTEXT, evaluation: found('severe') });
    if (rollback === undefined) throw new Error('no rollback');
    for (const publisher of [new Publisher(bench.log, () => 0), new Publisher(bench.log, () => 0)]) {
      await act(rollback, ALARM, { publisher, objects }, MAY);
      await act(rollback, ALARM, { publisher, objects }, MAY);
    }
    expect([...created.keys()]).toEqual(['eta-0123456789ab']);
    expect((await bench.audit()).map(({ kind }) => kind)).toEqual(['RollbackRequested']);
  });
});
