import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { memberName } from '../../runtime/model/render/family.ts';
import { renderPool } from '../../runtime/model/render/pool.ts';
import { type PoolMember, type SlotMapEntry, slotFiles } from '../../runtime/model/render/slot-map.ts';
import { ENVIRONMENT } from '../model/render/models.ts';
import { templateOf } from '../model/render/objects.ts';
import { aMember, CPU_POOL, FAMILY, SHOP } from '../model/render/pool-models.ts';
import { aStatus } from '../model/render/statuses.ts';
import { tempFolder } from '../support/temp.ts';
import { startTriton, tritonMissing, writeTritonModel } from '../support/triton.ts';
import { parsePbtxts, pbtxtMissing } from '../support/triton-config.ts';

const pool = { ...SHOP, pool: CPU_POOL };

/** Of the Python backend, which is what this server has. */
const onPython = (model: TenantModel): TenantModel => ({ ...model, serving: { ...model.serving, backend: 'python' } });

const memberOf = (model: TenantModel): PoolMember => ({ model, status: aStatus(model, { versions: ['7', '8'], phase: 'Stepping', weight: 500 }) });

/** What the slot map says of one slot. */
function slotOf(member: PoolMember, slot: 'a' | 'b'): { readonly name: string; readonly config: string } {
  const files = slotFiles(member, pool.pool);
  const { slots }: SlotMapEntry = JSON.parse(files[`${member.model.model}.json`] ?? '');
  return { name: slots[slot]?.name ?? '', config: files[`${member.model.model}.${slot}.pbtxt`] ?? '' };
}

function tritonArgs(): readonly string[] {
  const { spec }: { spec: { containers: readonly { name: string; args: readonly string[] }[] } } = JSON.parse(
    JSON.stringify(templateOf(renderPool(pool, [], ENVIRONMENT), 'default-pool')),
  );
  return spec.containers.find(({ name }) => name === 'triton')?.args ?? [];
}

describe.skipIf(pbtxtMissing() !== null)('the official message of config.pbtxt', () => {
  test('has the name, the executions and the turns of a member, and those of any member of a family', async () => {
    const rank = slotOf(memberOf(aMember('rank', { risk: 'high' })), 'b');
    const family = slotOf(memberOf(FAMILY), 'b');
    const [one, member] = await parsePbtxts([rank.config, memberName(family.config, 'district-042')]);
    const limiter = (priority: number) => [{ rate_limiter: { resources: [{ name: 'executions', count: 1 }], priority } }];
    expect(one).toMatchObject({ config: { name: rank.name, instance_group: limiter(1), parameters: { model_version: { string_value: '8' } } } });
    expect(member).toMatchObject({ config: { name: 'personal.district-042--v8-88888888', instance_group: limiter(2) } });
  });
});

describe.skipIf(tritonMissing() !== null)('a real tritonserver with the flags of a pool', () => {
  const rank = memberOf(onPython(aMember('rank', { inputs: { position: { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 } } })));
  const family = memberOf(onPython(FAMILY));
  const key = { 'admin-key': 'sesame' };
  const start = async (repository: string) => await startTriton({ repository, args: tritonArgs(), env: { TRITON_ADMIN_KEY: 'sesame' } });
  const load = async (origin: string, name: string, headers: Record<string, string> = key) =>
    await fetch(`${origin}/v2/repository/models/${name}/load`, { method: 'POST', headers });
  const infer = async (origin: string, name: string, input: string): Promise<unknown> => {
    const inputs = [{ name: input, datatype: 'FP32', shape: [2, 1], data: [1, 2] }];
    const answer = await fetch(`${origin}/v2/models/${name}/infer`, { method: 'POST', body: JSON.stringify({ inputs }) });
    return await answer.json();
  };

  test('starts empty, takes both versions of a model and a member of a family while it runs, and answers for each by its name', async () => {
    using repository = tempFolder();
    await using server = await start(repository.path);
    const slots = [slotOf(rank, 'a'), slotOf(rank, 'b')];
    const district = slotOf(family, 'a');
    const member = { name: memberName(district.name, 'district-007'), config: memberName(district.config, 'district-007') };
    for (const model of [...slots, member]) {
      writeTritonModel(repository.path, model);
      expect((await load(server.origin, model.name)).status).toBe(200);
    }
    for (const { name } of slots)
      expect(await infer(server.origin, name, 'position')).toMatchObject({ model_name: name, outputs: [{ shape: [2, 1] }] });
    expect(await infer(server.origin, member.name, 'weekday')).toMatchObject({ model_name: 'personal.district-007--v7-77777777' });
  });

  test('loads nothing for whoever does not know the key', async () => {
    using repository = tempFolder();
    await using server = await start(repository.path);
    const model = slotOf(rank, 'a');
    writeTritonModel(repository.path, model);
    expect((await load(server.origin, model.name, {})).status).toBe(403);
    expect((await load(server.origin, model.name, { 'admin-key': 'guess' })).status).toBe(403);
  });

  test('stays ready, and answers for the others, when one of its models does not load', async () => {
    using repository = tempFolder();
    await using server = await start(repository.path);
    const [good, bad] = [slotOf(rank, 'a'), slotOf(rank, 'b')];
    writeTritonModel(repository.path, good);
    writeTritonModel(repository.path, { ...bad, code: 'raise RuntimeError("no such artefact")' });
    expect((await load(server.origin, good.name)).status).toBe(200);
    expect((await load(server.origin, bad.name)).ok).toBe(false);
    expect((await fetch(`${server.origin}/v2/health/ready`)).status).toBe(200);
    expect((await fetch(`${server.origin}/v2/models/${bad.name}/ready`)).ok).toBe(false);
    expect(await infer(server.origin, good.name, 'position')).toMatchObject({ model_name: good.name });
  });
});
