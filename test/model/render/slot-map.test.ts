import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EffectiveField } from '../../../runtime/model/model-file.ts';
import { memberName } from '../../../runtime/model/render/family.ts';
import { renderPool } from '../../../runtime/model/render/pool.ts';
import { type PoolMember, type SlotMapEntry, slotFiles } from '../../../runtime/model/render/slot-map.ts';
import { SHARDS, shardsOf } from '../../../runtime/model/render/slot-map-shards.ts';
import { digestOf, ENVIRONMENT } from './models.ts';
import { aMember, CPU_POOL, districts, FAMILY, POOL, SHOP } from './pool-models.ts';
import { aStatus, stations } from './statuses.ts';

const both = ['7', '8'] as const;
const MIB = 1_048_576;

function entryOf(member: PoolMember): SlotMapEntry {
  const entry: SlotMapEntry = JSON.parse(slotFiles(member, POOL)[`${member.model.model}.json`] ?? '');
  return entry;
}

describe('what a pool knows of a model', () => {
  const model = aMember('rank', { traffic: { usual: 90 } });
  const attempt = { model, status: aStatus(model, { versions: both, phase: 'Stepping', weight: 500 }) };

  test('port, internal name and files of both versions while one replaces the other', () => {
    expect(entryOf(attempt)).toEqual({
      model: 'rank',
      path: '/v2/models/rank',
      copies: 2,
      eviction: { pinned: true, expectedPerSecond: 90 },
      slots: {
        a: { port: 8080, name: 'rank--v7-77777777', version: '7', digest: digestOf('7'), files: `models/shop/rank/${'7'.repeat(64)}/` },
        b: { port: 8081, name: 'rank--v8-88888888', version: '8', digest: digestOf('8'), files: `models/shop/rank/${'8'.repeat(64)}/` },
      },
    });
  });

  test('a document and a config.pbtxt for each of them, under its own name, taking turns by its risk', () => {
    const files = slotFiles(attempt, POOL);
    expect(Object.keys(files)).toEqual(['rank.json', 'rank.a.json', 'rank.a.pbtxt', 'rank.b.json', 'rank.b.pbtxt']);
    expect(JSON.parse(files['rank.b.json'] ?? '')).toMatchObject({ tenant: 'shop', model: 'rank', version: '8', family: null });
    expect(files['rank.b.pbtxt']).toMatch(/^name: "rank--v8-88888888"\n/);
    expect(files['rank.b.pbtxt']).toMatch(/rate_limiter {\s+resources {\s+name: "executions"\s+count: 1\s+}\s+priority: 2/);
    expect(files['rank.b.pbtxt']).toContain('kind: KIND_GPU');
  });

  test('a pool without a GPU computes on CPU what asks for a part of one', () => {
    expect(slotFiles(attempt, CPU_POOL)['rank.a.pbtxt']).toContain('kind: KIND_CPU');
  });

  test('a version that is alone may be unloaded when it is the longest without a request', () => {
    expect(entryOf({ model, status: aStatus(model) })).toMatchObject({ eviction: { pinned: false }, slots: { b: null } });
  });

  test('nothing of roles, weights and phases: a promotion changes no file', () => {
    const { stepping, promoting, baking, refused } = stations(model);
    const files = [stepping, promoting, baking, refused].map((status) => (status === undefined ? {} : slotFiles({ model, status }, POOL)));
    for (const other of files) expect(other).toEqual(files[0]);
  });
});

describe('a family in a pool', () => {
  const files = slotFiles({ model: FAMILY, status: aStatus(FAMILY, { versions: both, phase: 'Stepping', weight: 500 }) }, POOL);

  test('is one entry, one document and one config.pbtxt a version, whose name the member completes', () => {
    expect(Object.keys(files)).toHaveLength(5);
    const { slots }: SlotMapEntry = JSON.parse(files['personal.json'] ?? '');
    expect(memberName(slots.b?.name ?? '', 'district-120')).toBe('personal.district-120--v8-88888888');
    expect(memberName(files['personal.b.pbtxt'] ?? '', 'district-120')).toMatch(/^name: "personal.district-120--v8-88888888"\n/);
  });

  test('names its header and its members to the proxy, which answers 404 to all others', () => {
    const { family }: { family: { header: string; members: readonly string[] } } = JSON.parse(files['personal.b.json'] ?? '');
    expect(family).toEqual({ header: 'x-district', members: districts(120) });
  });

  test('is not pinned during a rollout: its copies are too many', () => {
    expect(JSON.parse(files['personal.json'] ?? '')).toMatchObject({ eviction: { pinned: false } });
  });
});

describe('the ConfigMaps of a slot map', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 60 }, (_, index): [string, EffectiveField] => [
      `feature_number_${index}`,
      { kind: 'numeric', datatype: 'FP32', domain: { min: 0, max: 1_000_000 }, log: 'full', shape: 1 },
    ]),
  );
  const inAttempt = (model: PoolMember['model']) => ({ model, status: aStatus(model, { versions: both, phase: 'Stepping', weight: 500 }) });
  const crowd = Array.from({ length: 200 }, (_, index) => inAttempt(aMember(`model-${index}`, { inputs: wide })));

  test('hold 200 models of 60 inputs and a family of 120, all of them in the middle of a rollout, each below two thirds of the limit', () => {
    const maps = renderPool(SHOP, [...crowd, inAttempt(FAMILY)], ENVIRONMENT).filter(({ kind }) => kind === 'ConfigMap');
    const sizes = maps.map(({ data }) => Buffer.byteLength(Object.values({ ...Object(data) }).join('')));
    expect(maps).toHaveLength(SHARDS);
    expect(Math.max(...sizes)).toBeLessThan((2 / 3) * MIB);
    const files = maps.flatMap(({ data }) => Object.keys({ ...Object(data) }));
    expect(files).toHaveLength(201 * 5);
  });

  test('say by name what is too large when a pool holds more than they can', () => {
    const files = (bytes: number) => ({ 'model.json': 'x'.repeat(bytes) });
    const models = Array.from({ length: 40 }, (_, index) => ({ model: `model-${index}`, files: files(index === 7 ? 900_000 : 300_000) }));
    expect(() => shardsOf('shop: pools.default', models)).toThrow(
      /^shop: pools.default {2}what the pool's pods must know of \d+ of its models is \d+ KiB/,
    );
  });

  test('keep every model where it is, whoever comes and goes', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 40 });
    fc.assert(
      fc.property(names, names, (some, others) => {
        const of = (models: readonly string[]) =>
          shardsOf(
            'pool',
            [...new Set(models)].map((model) => ({ model, files: { [model]: model } })),
          );
        const [alone, together] = [of(some), of([...some, ...others])];
        for (const model of some) {
          const shard = alone.findIndex((files) => Object.hasOwn(files, model));
          expect(together[shard]).toHaveProperty(model, model);
        }
      }),
    );
  });
});
