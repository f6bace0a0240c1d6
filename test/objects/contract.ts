import { expect, test } from 'vitest';
import { keyOf } from '../../runtime/model/types.ts';
import { Conflict, type ObjectStore } from '../../runtime/objects/port.ts';
import { actionOf, specOf, statusOf } from './support.ts';

/** What every adapter of the object store promises. `open` gives an empty store whose clock says `now()`. */
export function objectStoreContract(name: string, open: (now: () => number) => Promise<ObjectStore>): void {
  const answer = { result: 'Done', message: 'promoted', at: '2001-03-01T00:00:00.000Z' } as const;

  test(`${name}: a model that nobody applied is null, and none are listed`, async () => {
    const store = await open(() => 0);
    expect([await store.model('acme/eta'), await store.models(), await store.actions('acme/eta')]).toEqual([null, [], []]);
  });

  test(`${name}: a spec is kept as it was applied, and applying the same one again changes nothing`, async () => {
    const store = await open(() => 0);
    const spec = specOf('acme', 'eta');
    const first = await store.applySpec(spec);
    expect(first).toEqual({ spec, status: null, generation: 1, resourceVersion: first.resourceVersion });
    const { tenant, ...others } = spec;
    expect(await store.applySpec({ ...others, tenant })).toEqual(first);
    expect(await store.model('acme/eta')).toEqual(first);
  });

  test(`${name}: a changed spec raises the generation and keeps the status; a status raises the resource version alone`, async () => {
    const store = await open(() => 0);
    const first = await store.applySpec(specOf('acme', 'eta', '1'));
    const second = await store.writeStatus('acme/eta', first.resourceVersion, statusOf('Stable'));
    expect(second).toMatchObject({ generation: 1, status: statusOf('Stable') });
    expect(second.resourceVersion).toBeGreaterThan(first.resourceVersion);
    const third = await store.applySpec(specOf('acme', 'eta', '2'));
    expect(third).toMatchObject({ generation: 2, spec: specOf('acme', 'eta', '2'), status: statusOf('Stable') });
    expect(third.resourceVersion).toBeGreaterThan(second.resourceVersion);
  });

  test(`${name}: a status for a version that is not the newest is a Conflict and writes nothing`, async () => {
    const store = await open(() => 0);
    const { resourceVersion } = await store.applySpec(specOf('acme', 'eta', '1'));
    const newest = await store.applySpec(specOf('acme', 'eta', '2'));
    await expect(store.writeStatus('acme/eta', resourceVersion, statusOf('Stable'))).rejects.toThrow(Conflict);
    await expect(store.writeStatus('acme/eta', newest.resourceVersion + 1, statusOf('Stable'))).rejects.toThrow(Conflict);
    await expect(store.writeStatus('acme/other', 1, statusOf('Stable'))).rejects.toThrow(Conflict);
    expect(await store.model('acme/eta')).toEqual(newest);
  });

  test(`${name}: a deleted model is gone, and a new one of its name is none that an old status can be written to`, async () => {
    const store = await open(() => 0);
    const old = await store.applySpec(specOf('acme', 'eta'));
    await store.writeStatus('acme/eta', old.resourceVersion, statusOf('Stable'));
    await store.deleteModel('acme/eta');
    await store.deleteModel('acme/eta');
    await store.deleteModel('acme/never');
    expect([await store.model('acme/eta'), await store.models()]).toEqual([null, []]);
    const anew = await store.applySpec(specOf('acme', 'eta'));
    expect(anew).toMatchObject({ generation: 1, status: null });
    expect(anew.resourceVersion).toBeGreaterThan(old.resourceVersion + 1);
    await expect(store.writeStatus('acme/eta', old.resourceVersion, statusOf('Stable'))).rejects.toThrow(Conflict);
  });

  test(`${name}: models are listed by key`, async () => {
    const store = await open(() => 0);
    for (const [tenant, model] of [
      ['b', 'y'],
      ['a', 'z'],
      ['b', 'x'],
    ] as const)
      await store.applySpec(specOf(tenant, model));
    expect((await store.models()).map((model) => keyOf(model.spec))).toEqual(['a/z', 'b/x', 'b/y']);
  });

  test(`${name}: an action's name is taken once, for all models, and the first one stays as it was`, async () => {
    const store = await open(() => 983_404_800_000);
    expect(await store.createAction(actionOf('promote-1', 'acme/eta', 'Promote'))).toBe(true);
    expect(await store.createAction(actionOf('promote-1', 'acme/eta', 'Abort'))).toBe(false);
    expect(await store.createAction(actionOf('promote-1', 'other/model', 'Abort'))).toBe(false);
    const [action, ...more] = await store.actions('acme/eta');
    expect(more).toEqual([]);
    expect(action).toEqual({
      ...actionOf('promote-1', 'acme/eta', 'Promote'),
      uid: expect.any(String),
      createdAt: '2001-03-01T00:00:00.000Z',
      status: null,
    });
    expect(await store.actions('other/model')).toEqual([]);
  });

  test(`${name}: an action is answered once, and the answer is there for whoever asks`, async () => {
    const store = await open(() => 0);
    await store.createAction(actionOf('promote-1', 'acme/eta', 'Promote'));
    expect((await store.actions('acme/eta'))[0]?.status).toBeNull();
    await store.answerAction('promote-1', answer);
    await expect(store.answerAction('promote-1', { ...answer, result: 'Refused' })).rejects.toThrow(Conflict);
    await expect(store.answerAction('never-asked', answer)).rejects.toMatchObject({ name: 'ArgsError' });
    expect((await store.actions('acme/eta'))[0]?.status).toEqual(answer);
  });

  test(`${name}: actions come by creation time, then by name`, async () => {
    let now = 5_000;
    const store = await open(() => now);
    await store.createAction(actionOf('b', 'acme/eta', 'Pause'));
    await store.createAction(actionOf('a', 'acme/eta', 'Resume'));
    now = 4_000;
    await store.createAction(actionOf('z', 'acme/eta', 'Abort'));
    expect((await store.actions('acme/eta')).map((action) => action.name)).toEqual(['z', 'a', 'b']);
  });

  test(`${name}: a name that is no DNS label is refused by name, whatever path it spells`, async () => {
    const store = await open(() => 0);
    for (const bad of ['..', '../../etc', 'A', 'a b', '-a', 'a-', 'a.b', '', 'x'.repeat(64), 'ü']) {
      await expect(store.applySpec(specOf(bad, 'eta')), `name ${bad}`).rejects.toMatchObject({ name: 'ArgsError' });
      await expect(store.applySpec(specOf('acme', bad)), `name ${bad}`).rejects.toMatchObject({ name: 'ArgsError' });
      await expect(store.model(`acme/${bad}`), `name ${bad}`).rejects.toMatchObject({ name: 'ArgsError' });
      await expect(store.createAction(actionOf(bad, 'acme/eta', 'Abort')), `name ${bad}`).rejects.toMatchObject({
        name: 'ArgsError',
        path: 'action.name',
      });
      await expect(store.answerAction(bad, answer), `name ${bad}`).rejects.toMatchObject({ name: 'ArgsError' });
    }
    const long = actionOf('a', 'acme/eta', 'Abort');
    await expect(store.createAction({ ...long, spec: { ...long.spec, reason: 'x'.repeat(5000) } })).rejects.toMatchObject({ path: 'action.reason' });
  });
}
