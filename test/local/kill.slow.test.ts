import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import type { StateFolder } from '../../runtime/local/state-folder.ts';
import type { Transition } from '../../runtime/model/status.ts';
import { type ExamplePlatform, startExample } from '../support/example-platform.ts';
import { applyVersion, logged, profiled, WITHOUT_SHADOW } from '../support/running.ts';
import { seeded } from '../support/seeded.ts';

const KILLS = 20;
const RATE = 300;
/** Seeded: a failure can be run again at the same moments. */
const random = seeded(20010301);

let example: ExamplePlatform;
beforeAll(async () => {
  example = await startExample(RATE);
}, 300_000);
afterAll(() => example?.close());

test(`${KILLS} SIGKILLs under load: nothing acknowledged is lost or counted twice, no step is lost, no dwell shortened, no traffic to a locked digest`, async () => {
  const { folder, platform, replays, status, until } = example;
  const acknowledged: string[] = [];
  replays.watch((answer) => void (answer.kind === 'answered' && acknowledged.push(answer.requestId)));
  await until('requests under way', 60, () => acknowledged.length > 200);

  applyVersion(folder, '2', 'local');
  const history = new Map<string, Transition>();
  const collect = async (): Promise<void> => {
    for (const one of (await status())?.history ?? []) history.set(`${one.at} ${one.attempt} ${one.to} ${one.reason}`, one);
  };
  let lockedAt: readonly number[] | null = null;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const before = acknowledged.length;
    await platform.kill();
    await until(`answers after kill ${kill}`, 60, async () => acknowledged.length > before);
    await pause(200 + random() * 3_000); // the random moment of the next kill, not a wait for a condition
    await collect();
    const now = await status();
    if (kill >= KILLS / 2 && now?.phase === 'Stable' && now.stable?.version === '2') applyVersion(folder, '3', WITHOUT_SHADOW);
    if (lockedAt === null && now?.phase === 'Locked') lockedAt = await ends(folder);
  }
  expect(platform.restarts()).toBe(KILLS);

  if ((await status())?.stable?.version !== '2') {
    await until('version 2 is stable', 240, async () => (await status())?.phase === 'Stable' && (await status())?.stable?.version === '2');
    applyVersion(folder, '3', WITHOUT_SHADOW);
  }
  await until('version 3 is locked', 180, async () => {
    await collect();
    const now = await status();
    if (lockedAt === null && now?.phase === 'Locked') lockedAt = await ends(folder);
    return lockedAt !== null;
  });
  applyVersion(folder, '2', 'local');
  await until('version 2 named again', 60, async () => (await status())?.phase === 'Stable' && (await status())?.stable?.version === '2');
  applyVersion(folder, '3', WITHOUT_SHADOW); // the locked digest, asked for again, with one more kill
  await platform.kill();
  const since = acknowledged.length;
  await until('traffic goes on', 60, async () => acknowledged.length > since + 500);
  await collect();
  await replays.stop();

  const events = await logged(folder);
  const served = events.filter(({ event }) => event.arm !== 'shadow');
  const counts = new Map<string, number>();
  for (const { event } of served) counts.set(event.requestId, (counts.get(event.requestId) ?? 0) + 1);
  expect(acknowledged.filter((id) => counts.get(id) !== 1)).toEqual([]);
  expect([...counts.values()].filter((count) => count > 1)).toEqual([]);

  const store = filesProfileStore(folder.drift);
  await until('the profiles reach the end of the log', 120, async () => (await profiled(store, folder)).offsets === events.length);
  expect((await profiled(store, folder)).rows).toBe(events.length);

  const toLocked = served.filter(({ event, offset, partition }) => event.version === '3' && offset >= (lockedAt?.[partition] ?? 0));
  expect(toLocked).toEqual([]);

  stepsInOrder([...history.values()].filter(({ message }) => message !== '').sort((a, b) => (a.at < b.at ? -1 : 1)));
}, 900_000);

const DWELL_MS = 5_000; // of the local preset

/**
 * Version 2 went through every step of its plan, each once and in order, and none ended before its dwell: counted from the last time the
 * step began, because a restart begins it anew.
 */
function stepsInOrder(transitions: readonly Transition[]): void {
  const attempt = transitions.findLast(({ reason, message }) => reason === 'Baked' && message.includes('version 2'))?.attempt;
  const own = transitions.filter((one) => one.attempt === attempt);
  const advances = own.filter(({ reason }) => reason === 'Advanced');
  const weights = advances.map(({ message }) => / ([\d.]+) % of the traffic$/.exec(message)?.[1] ?? 'all');
  expect(weights).toEqual(['5', '25', '50', 'all']);
  for (const advance of advances) {
    const began = own.filter(({ at, reason }) => at < advance.at && ['Provisioned', 'Advanced', 'Resumed'].includes(reason)).at(-1);
    expect(Date.parse(advance.at) - Date.parse(began?.at ?? advance.at)).toBeGreaterThanOrEqual(DWELL_MS);
  }
}

async function ends(of: StateFolder): Promise<readonly number[]> {
  const log = openReader(of.log);
  const partitions = (await log.topics()).find(({ topic }) => topic === 'weir.predictions.flights')?.partitions ?? 0;
  return Promise.all(Array.from({ length: partitions }, async (_, partition) => (await log.offsets('weir.predictions.flights', partition)).next));
}
