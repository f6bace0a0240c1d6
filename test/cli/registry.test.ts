import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { main } from '../../cli/main.ts';
import { decodeReference } from '../../runtime/drift/reference.ts';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import { fakeContext } from './fakes.ts';
import { scratch, weir } from './run.ts';

const SIGNATURE = {
  kind: 'weir.registry/Signature',
  v: 1,
  inputs: [
    { name: 'amount', datatype: 'FP32', shape: [-1, 1] },
    { name: 'country', datatype: 'BYTES', shape: [-1, 1] },
  ],
  outputs: [{ name: 'score', datatype: 'FP32', shape: [-1, 1] }],
};

/** What a training leaves: a folder with a model and its tensors. */
function trained(files: Readonly<Record<string, string>> = {}): { readonly root: string; readonly build: string; readonly state: string } {
  const root = scratch();
  const build = join(root, 'build');
  mkdirSync(build);
  for (const [name, text] of Object.entries({ 'model.onnx': 'bytes', 'schema.json': JSON.stringify(SIGNATURE), ...files }))
    writeFileSync(join(build, name), text);
  return { root, build, state: join(root, 'state') };
}

const VERSION = ['--model', 'fraud', '--version', '9'];

/** Training rows with event time, inputs, a score and a truth. */
async function rowsIn(root: string): Promise<string> {
  const path = join(root, 'training.parquet');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS at, (i % 97)::FLOAT AS amount, CASE WHEN i % 3 = 0 THEN 'NL' ELSE 'FR' END AS country,
     ((i % 100) / 100)::FLOAT AS score, i % 100 > 70 AS fraud FROM range(5000) t(i)) TO '${path}' (FORMAT PARQUET)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

describe('weir registry push', () => {
  test('registers a folder, and says what a rollout will miss: a reference, a golden set', async () => {
    const { build, state } = trained();
    const { code, out } = await weir(['registry', 'push', build, ...VERSION, '--metric', 'auc=0.91', '--metric', 'brier=0.14', '--state', state]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^fraud 9 is registered: sha256:[0-9a-f]{64}\n {2}it has no reference: a rollout refuses it\. Push a version with --reference/,
    );
    expect(out).toContain('it has no golden.json: the gate GoldenSet refuses it. Push a version with one beside model.onnx: {"kind":');
    const registry = new DirectoryRegistry({ directory: join(state, 'registry'), now: () => 0 });
    expect(await registry.get('fraud', '9')).toMatchObject({ hasReference: false, manifest: { metrics: { auc: 0.91, brier: 0.14 } } });
  });

  test('builds a reference from the training rows, and leaves the pushed folder as it was', async () => {
    const { root, build, state } = trained();
    const parquet = await rowsIn(root);
    const context = fakeContext(state);
    const args = ['registry', 'push', build, ...VERSION, '--reference', parquet, '--time', 'at', '--label', 'fraud'];
    expect([await main(args, context), context.noted]).toEqual([0, []]);
    expect(context.said[0]).toMatch(/^fraud 9 is registered: sha256:[0-9a-f]{64}\n {2}it has no golden\.json/);
    const { directory, version } = await new DirectoryRegistry({ directory: join(state, 'registry'), now: () => 0 }).fetch('fraud', '9');
    const reference = decodeReference(readFileSync(join(directory, 'reference.json'), 'utf8'), 'reference.json');
    expect(reference).toMatchObject({ model: 'fraud', version: '9', rows: 5000, score: { output: 'score', labelled: 5000 } });
    expect(reference.features.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['amount numeric', 'country categorical', 'score numeric']);
    expect(version.manifest.lineage.data).toEqual([
      { uri: expect.stringMatching(/^file:.*training\.parquet$/), sha256: expect.stringMatching(/^sha256:/) },
    ]);
    expect(readdirSync(build).sort()).toEqual(['model.onnx', 'schema.json']);
  });

  test('counts the hours of the zone that is asked for', async () => {
    const { root, build, state } = trained();
    const args = ['registry', 'push', build, ...VERSION, '--reference', await rowsIn(root), '--time', 'at', '--zone', 'Asia/Tokyo'];
    expect(await main(args, fakeContext(state))).toBe(0);
    const { directory } = await new DirectoryRegistry({ directory: join(state, 'registry'), now: () => 0 }).fetch('fraud', '9');
    const reference = decodeReference(readFileSync(join(directory, 'reference.json'), 'utf8'), 'reference.json');
    expect(reference.slotZone).toBe('Asia/Tokyo');
    expect(reference.features[0]?.slots['08wd']).toHaveLength(reference.features[0]?.counts.length ?? 0);
    expect(reference.volume['08wd']?.windows).toBe(1); // Friday's alone: the rows begin on Thursday at 09:00 in Tokyo and end on Sunday
  });

  test('refuses other content under the same version, and takes the same again', async () => {
    const { build, state } = trained();
    expect(await main(['registry', 'push', build, ...VERSION], fakeContext(state))).toBe(0);
    expect(await main(['registry', 'push', build, ...VERSION], fakeContext(state))).toBe(0);
    writeFileSync(join(build, 'model.onnx'), 'others');
    const context = fakeContext(state);
    expect(await main(['registry', 'push', build, ...VERSION], context)).toBe(2);
    expect(context.noted[0]).toMatch(/version 9 exists with other content .*\n {2}Versions never change: push this content under a new version\./);
  });

  test.each([
    [{}, ['--reference', 'nowhere.parquet'], '--time  is missing'],
    [{}, ['--reference', 'nowhere.parquet', '--time', 'at'], 'nowhere.parquet  there is no such file'],
    [{}, ['--label', 'fraud'], '--label  says something about a file that is not given'],
    [{}, ['--zone', 'UTC'], '--zone  says something about a file that is not given'],
    [{}, ['--reference', 'package.json', '--time', 'at', '--zone', 'Berlin'], '--zone  "Berlin" is no time zone\n  Name one of the IANA database'],
    [{}, ['--metric', 'auc'], 'Write it as NAME=NUMBER, such as auc=0.91'],
    [{ 'schema.json': '{' }, [], 'schema.json  is not JSON'],
    [{ 'schema.json': '{"inputs": []}' }, [], 'schema.json  does not name the tensors of a model'],
    [{}, ['--version', '../9'], '"../9" is not a name'],
    [{}, ['--model', '/etc'], '"/etc" is not a name'],
  ])('with %j and %j is answered by name', async (files, flags, problem) => {
    const { build, state } = trained(files);
    const context = fakeContext(state);
    expect(await main(['registry', 'push', build, ...VERSION, ...flags], context)).toBe(2);
    expect(context.noted.join('\n')).toContain(problem);
  });

  test('names what a folder lacks', async () => {
    const context = fakeContext(scratch());
    const empty = scratch();
    expect(await main(['registry', 'push', empty, ...VERSION], context)).toBe(2);
    expect(context.noted).toEqual([`weir: ${empty}  holds no model.onnx\n  Name the folder that the training wrote.`]);
  });
});

test('list and show give the same facts as text and as JSON', async () => {
  const { build, state } = trained();
  for (const version of ['9', '10'])
    await main(['registry', 'push', build, '--model', 'fraud', '--version', version, '--code', 'abc123'], fakeContext(state));
  await new DirectoryRegistry({ directory: join(state, 'registry'), now: () => 0 }).setAlias('fraud', 'champion', '10');
  const list = await weir(['registry', 'list', '--state', state]);
  expect(list.out.split('\n').map((line) => line.split(/\s+/).slice(0, 2))).toEqual([['MODEL', 'VERSION'], ['fraud', '9'], ['fraud', '10'], ['']]);
  const { out } = await weir(['registry', 'show', 'fraud/10', '--json', '--state', state]);
  const shown = await weir(['registry', 'show', 'fraud/10', '--state', state]);
  const facts = JSON.parse(out);
  expect(facts).toMatchObject({ aliases: { champion: '10' }, versions: [{ version: '10', manifest: { lineage: { code: 'abc123' } } }] });
  for (const text of [facts.versions[0].digest, 'champion', 'abc123', 'none: a rollout refuses this version']) expect(shown.out).toContain(text);
});

test('a version that is not there, or no version at all, is answered by name', async () => {
  const { build, state } = trained();
  await main(['registry', 'push', build, ...VERSION], fakeContext(state));
  const context = fakeContext(state);
  expect([await main(['registry', 'show', 'fraud/8'], context), await main(['registry', 'show', '../..'], context)]).toEqual([2, 2]);
  expect(context.noted).toEqual([
    'weir: fraud/8  is not in the registry\n  See weir registry list',
    'weir: ../..  is not in the registry\n  See weir registry list',
  ]);
});
