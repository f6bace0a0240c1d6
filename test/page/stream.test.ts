import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { fixtureView } from './fixture.ts';
import { type FakePlatform, startPlatform } from './platform.ts';

const DEADLINE = { timeout: 5000, interval: 10 };
const open: FakePlatform[] = [];
const aborts: AbortController[] = [];

afterEach(async () => {
  for (const abort of aborts.splice(0)) abort.abort();
  for (const platform of open.splice(0)) await platform.stop();
});

async function start(limits: Parameters<typeof startPlatform>[0] = {}): Promise<FakePlatform> {
  const platform = await startPlatform(limits);
  open.push(platform);
  return platform;
}

interface Event {
  readonly name: string;
  readonly data: unknown;
}

/** A client that keeps every event it gets. */
async function listen(platform: FakePlatform): Promise<{ readonly status: number; readonly events: Event[]; readonly leave: () => void }> {
  const abort = new AbortController();
  aborts.push(abort);
  const response = await fetch(`${platform.url}api/stream`, { signal: abort.signal });
  const events: Event[] = [];
  if (response.body !== null) void collect(response.body, events).catch(() => undefined); // ends with its connection
  return { status: response.status, events, leave: () => abort.abort() };
}

async function collect(body: ReadableStream<Uint8Array>, events: Event[]): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
      if (name !== undefined && data !== undefined) events.push({ name, data: JSON.parse(data) });
    }
  }
}

const named = (events: readonly Event[], name: string): readonly Event[] => events.filter((event) => event.name === name);

test('a newcomer gets the whole view at once, then each sample and line as it comes', async () => {
  const platform = await start();
  const { events } = await listen(platform);
  await vi.waitFor(() => expect(events.length).toBe(1), DEADLINE);
  expect(events[0]).toEqual({ name: 'view', data: fixtureView() });
  const view = fixtureView();
  const [sample] = view.models[0]?.samples ?? [];
  const [audit] = view.timeline;
  if (sample === undefined || audit === undefined) throw new Error('the fixture is empty');
  platform.emit({ kind: 'sample', model: 'flights/eta', sample });
  platform.emit({ kind: 'audit', audit });
  await vi.waitFor(() => expect(events.length).toBe(3), DEADLINE);
  expect(events.slice(1)).toEqual([
    { name: 'sample', data: { model: 'flights/eta', sample } },
    { name: 'audit', data: audit },
  ]);
});

test('many changes make one view, without the samples that were sent before', async () => {
  const platform = await start({ viewMilliseconds: 100 });
  const { events } = await listen(platform);
  await vi.waitFor(() => expect(events.length).toBe(1), DEADLINE);
  for (let change = 1; change <= 50; change += 1) platform.set({ ...fixtureView(), at: change });
  await vi.waitFor(() => expect(named(events, 'view').length).toBe(2), DEADLINE);
  expect(named(events, 'view').at(-1)?.data).toMatchObject({ at: 50, models: [{ key: 'flights/eta', samples: [] }] });
});

test('silence is told from death by a beat', async () => {
  const { events } = await listen(await start({ beatMilliseconds: 20 }));
  await vi.waitFor(() => expect(named(events, 'beat').length).toBeGreaterThan(2), DEADLINE);
});

test('one page more than there is room for is refused, and gets in when another leaves', async () => {
  const platform = await start({ clients: 2 });
  const first = await listen(platform);
  await listen(platform);
  expect((await listen(platform)).status).toBe(503);
  first.leave();
  await vi.waitFor(async () => expect((await listen(platform)).status).toBe(200), DEADLINE);
});

test('when nobody looks nothing is listened to', async () => {
  const platform = await start();
  const clients = [await listen(platform), await listen(platform)];
  expect(platform.listeners()).toBe(1);
  for (const { leave } of clients) leave();
  await vi.waitFor(() => expect(platform.listeners()).toBe(0), DEADLINE);
});

test('a client that does not read is dropped, and others go on', async () => {
  const platform = await start({ clients: 2, bufferedBytes: 2_000_000 });
  const good = await listen(platform);
  const slow = connect(platform.port, '127.0.0.1');
  slow.on('error', () => undefined); // being reset is what this test is about
  slow.write(`GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:${platform.port}\r\n\r\n`);
  await new Promise((resolve) => slow.once('data', resolve));
  slow.pause();
  expect((await listen(platform)).status).toBe(503);
  const [entry] = fixtureView().timeline;
  if (entry === undefined) throw new Error('the fixture is empty');
  const audit = { ...entry, text: 'x'.repeat(500_000) };
  for (let sent = 1; sent <= 40; sent += 1) {
    platform.emit({ kind: 'audit', audit }); // 20 MB in all: more than the sockets' own buffers hold
    await vi.waitFor(() => expect(named(good.events, 'audit').length).toBe(sent), DEADLINE);
  }
  expect((await listen(platform)).status).toBe(200);
  slow.destroy();
});
