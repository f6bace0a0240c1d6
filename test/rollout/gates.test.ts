import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ArgsError } from '../../runtime/errors.ts';
import type { GateSpec } from '../../runtime/model/plan.ts';
import type { FieldSpec, ModelSpec } from '../../runtime/model/types.ts';
import type { RegisteredVersion, Registry } from '../../runtime/registry/port.ts';
import { type InferAnswer, mismatch } from '../../runtime/rollout/gates/golden.ts';
import { createGates } from '../../runtime/rollout/gates/runner.ts';
import { differences } from '../../runtime/rollout/gates/schema-compat.ts';
import { ref, registered, specFor } from './support/fixtures.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weir-gates-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const field = (name: string, datatype: FieldSpec['datatype'] = 'FP32'): FieldSpec => ({ name, kind: 'numeric', datatype, log: 'full' });
const SPEC: ModelSpec = { ...specFor('2'), inputs: [field('distance'), field('hour')] };
const tensor = (name: string, datatype: FieldSpec['datatype'] = 'FP32') => ({ name, datatype, shape: [-1, 1] });
const GOOD_SCHEMA = { inputs: [tensor('distance'), tensor('hour')], outputs: [tensor('late')] };
const GOLDEN = {
  tolerance: 1e-6,
  cases: [
    { inputs: { distance: 100, hour: 5 }, outputs: { late: 0.25 } },
    { inputs: { distance: null, hour: 6 }, outputs: { late: 0.5 } },
  ],
};

interface Case {
  readonly version?: RegisteredVersion;
  readonly gates?: readonly GateSpec[];
  readonly fetch?: () => Promise<string>;
  readonly infer?: (body: unknown) => Promise<InferAnswer>;
}

async function results(
  stage: 'static' | 'running',
  { version = registered('2'), gates = SPEC.rollout.gates, fetch, infer }: Case,
): Promise<Record<string, string>> {
  const unused = () => Promise.reject(new Error('gates only read'));
  const registry: Registry = {
    push: unused,
    list: unused,
    setAlias: unused,
    aliases: unused,
    tag: unused,
    get: () => Promise.resolve(version),
    fetch: async () => ({ directory: await (fetch?.() ?? Promise.resolve(directory)), version }),
  };
  const answer = infer ?? (() => Promise.reject(new Error('nobody serves')));
  const runner = createGates({ registry, infer: (_model, _slot, body) => answer(body), sleep: () => Promise.resolve() });
  const spec = { ...SPEC, rollout: { ...SPEC.rollout, gates } };
  runner.start(spec, 'eta-2', { ...ref('2'), slot: 'b' }, stage);
  await vi.waitFor(() => expect(runner.results('flights/eta', 'eta-2').some(({ state }) => state === 'pending')).toBe(false), { timeout: 5000 });
  return Object.fromEntries(
    runner
      .results('flights/eta', 'eta-2')
      .map((result) => [result.type, result.state === 'pending' ? 'pending' : `${result.state}: ${result.message}`]),
  );
}

test('a sound version passes all static gates, each with what it saw', async () => {
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(GOOD_SCHEMA));
  const seen = await results('static', {});
  expect(Object.values(seen).every((text) => text.startsWith('passed'))).toBe(true);
  expect(Object.keys(seen)).toEqual(['Format', 'Manifest', 'Reference', 'SchemaCompat']);
});

test('a version without reference.json is refused by name, whatever its plan says', async () => {
  const seen = await results('static', { version: registered('2', ['model.onnx']), gates: [] });
  expect(seen.Reference).toBe('failed: reference.json is missing');
});

test.each(['ops.so', 'lib/x.so.1', 'helper.DLL', 'custom.dylib', 'model.pkl', 'weights.pt', 'pipe.joblib'])(
  '%s beside the model is refused by name',
  async (path) => {
    const seen = await results('static', { version: registered('2', ['model.onnx', 'reference.json', path]) });
    expect(seen.Format).toBe(`failed: ${path} is code, not a model`);
  },
);

test('a file that differs from the manifest is named', async () => {
  const fetch = () => Promise.reject(new ArgsError('eta/2/model.onnx', 'has another sha256 than its manifest', 'Register it again.'));
  expect((await results('static', { fetch })).Manifest).toBe('failed: eta/2/model.onnx has another sha256 than its manifest');
});

test('missing, renamed and retyped tensors are named', () => {
  expect(differences('input', SPEC.inputs, [tensor('distance'), tensor('hour', 'INT64')], true)).toEqual([
    'input "hour" is INT64, the model file says FP32',
  ]);
  expect(differences('input', SPEC.inputs, [tensor('km'), tensor('hour')], true)).toEqual([
    'input "distance" is missing: the version calls it "km"?',
  ]);
  expect(differences('output', [field('late')], [tensor('late'), tensor('logit')], false)).toEqual([]);
});

test('a metric below its least value fails with both, and one that is missing fails too', async () => {
  const gate = (name: string, min: number): Case => ({ gates: [{ type: 'RegistryMetric', onFail: 'Reject', metric: { name, min } }] });
  expect((await results('static', gate('auc', 0.9))).RegistryMetric).toBe('failed: auc is 0.7, below 0.9');
  expect((await results('static', gate('auc', 0.6))).RegistryMetric).toBe('passed: auc 0.7 >= 0.6');
  expect((await results('static', gate('f1', 0.6))).RegistryMetric).toContain('f1 is not among');
});

test('the golden set asks the loaded copy in one request, and compares row by row', async () => {
  writeFileSync(join(directory, 'golden.json'), JSON.stringify(GOLDEN));
  const bodies: unknown[] = [];
  const infer = (late: readonly number[]) => (body: unknown) => {
    bodies.push(body);
    return Promise.resolve({ outputs: [{ name: 'late', data: late }] });
  };
  expect((await results('running', { infer: infer([0.25, 0.5]) })).GoldenSet).toBe('passed: 2 recorded answers within 0.000001');
  expect(bodies[0]).toEqual({
    inputs: [
      { name: 'distance', datatype: 'FP32', shape: [2, 1], data: [100, null] },
      { name: 'hour', datatype: 'FP32', shape: [2, 1], data: [5, 6] },
    ],
  });
  expect((await results('running', { infer: infer([0.25, 0.6]) })).GoldenSet).toBe('failed: golden.json case 1 late is 0.6, recorded 0.5');
});

test('an error of the copy is tried again, four times at most', async () => {
  writeFileSync(join(directory, 'golden.json'), JSON.stringify(GOLDEN));
  let calls = 0;
  const flaky = () => (++calls < 3 ? Promise.reject(new Error('restarting')) : Promise.resolve({ outputs: [{ name: 'late', data: [0.25, 0.5] }] }));
  expect((await results('running', { infer: flaky })).GoldenSet).toMatch(/^passed/);
  calls = -1e9;
  expect((await results('running', { infer: flaky })).GoldenSet).toBe('failed: restarting');
  expect(calls).toBe(-1e9 + 4);
});

test('a registry that fails once is asked again', async () => {
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(GOOD_SCHEMA));
  let calls = 0;
  const fetch = () => (++calls === 1 ? Promise.reject(new Error('too many open files')) : Promise.resolve(directory));
  const seen = await results('static', { fetch });
  expect(seen.Manifest).toMatch(/^passed/);
  expect(seen.SchemaCompat).toMatch(/^passed/);
  expect(calls).toBe(2);
});

test('NaN is near nothing', () => {
  expect(mismatch(Number.NaN, 0.5, 1)).not.toBeNull();
  expect(mismatch(undefined, 0.5, 1)).not.toBeNull();
});
