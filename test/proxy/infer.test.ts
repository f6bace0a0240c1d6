import { describe, expect, test } from 'vitest';
import { routeWith, rowsOf, startWorld, tinySpec } from '../support/gateway.ts';
import { until } from '../support/until.ts';

describe('a prediction through the gateway', () => {
  test('answers with the version, an id, and one event per row in the log before the answer', async () => {
    await using world = await startWorld();
    const { status, headers, body } = await world.infer(rowsOf([1, null], ['A', 'B']), { 'x-request-id': 'mine' });
    expect(status).toBe(200);
    expect(headers.get('x-model-version')).toBe('1');
    const id = headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(body).toMatchObject({ id: 'q', outputs: [{ name: 'score', datatype: 'FP32', shape: [2, 1], data: [1.5, null] }] });
    const events = world.log.predictions();
    expect(events.map((event) => event.id)).toEqual([`${id}/0`, `${id}/1`]);
    expect(events[0]).toMatchObject({
      requestId: id,
      clientId: 'mine',
      tenant: 'flights',
      model: 'eta',
      version: '1',
      arm: 'stable',
      status: 200,
      features: { distance: 1, place: 'A' },
      outputs: { score: 1.5 },
      typeErrors: [],
    });
    expect(events[1]).toMatchObject({ features: { distance: null, place: 'B' }, outputs: { score: null } });
    expect(world.log.records[0]?.headers).toMatchObject({
      ce_id: `${id}/0`,
      ce_type: 'weir.prediction.v1',
      ce_specversion: '1.0',
      'content-type': 'application/json',
    });
  });

  test('an element of the wrong JSON type gives 400 by name, and an event that says which feature', async () => {
    await using world = await startWorld();
    const { status, body } = await world.infer(rowsOf([1, 2], ['A', 7]));
    expect(status).toBe(400);
    expect(body.error).toBe('input "place" has 7 at element 1; BYTES expects a string of valid Unicode');
    expect(world.log.predictions().map(({ status, typeErrors, features, outputs }) => ({ status, typeErrors, features, outputs }))).toEqual([
      { status: 400, typeErrors: [], features: { distance: 1, place: 'A' }, outputs: {} },
      { status: 400, typeErrors: ['place'], features: { distance: 2, place: null }, outputs: {} },
    ]);
    expect(world.gateway.core.directory.get('flights/eta')?.counters('stable')).toMatchObject({ requests: 1, rejected: 1, error: 0 });
  });

  test('fields are logged whole, as a hash, or not at all', async () => {
    const spec = tinySpec();
    const inputs = spec.inputs.map((field) => ({ ...field, log: field.name === 'place' ? ('hash' as const) : ('drop' as const) }));
    await using world = await startWorld({ specs: [{ ...spec, inputs }] });
    await world.infer(rowsOf([1], ['A']));
    expect(world.log.predictions()[0]?.features).toEqual({ place: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  test('a failure inside the graph is answered by the declared fallback, and is an error of that arm', async () => {
    await using world = await startWorld();
    const { status, headers, body } = await world.infer(rowsOf([1, 1], ['A', 'C']));
    expect(status).toBe(200);
    expect(headers.get('x-weir-fallback')).toBe('1');
    expect(headers.get('x-model-version')).toBe('1');
    expect(body.outputs?.[0]?.data).toEqual([0.2, 0.2]);
    expect(world.log.predictions().map((event) => event.status)).toEqual(['fallback', 'fallback']);
    expect(world.gateway.core.directory.get('flights/eta')?.counters('stable')).toMatchObject({ requests: 1, error: 1 });
  });

  test('without a declared fallback the same failure is a 503 in the words of ONNX Runtime', async () => {
    await using world = await startWorld({ specs: [tinySpec({ fallback: null })] });
    const { status, body } = await world.infer(rowsOf([1], ['C']));
    expect(status).toBe(503);
    expect(body.error).toMatch(/^model "eta" version 1 failed: .*indices element out of data bounds/);
    expect(world.log.predictions()[0]).toMatchObject({ status: 500, outputs: {} });
  });

  test('a version that is late is answered by the fallback inside the budget', async () => {
    await using world = await startWorld({ specs: [tinySpec({ serving: { latencySeconds: 0.2 } })] });
    world.server.disturb('flights/eta', 'a', { delayMs: 30_000, errorShare: 0 });
    await until(async () => (await world.infer(rowsOf([1], ['A']))).headers.get('x-weir-fallback') === '1');
    const event = world.log.predictions().at(-1);
    expect(event?.status).toBe('fallback');
    expect(event?.latencySeconds).toBeLessThan(5); // far from the 30 s of the disturbance, whatever the machine does
  });

  test('without a fallback a late version is a 504 that names the budget', async () => {
    await using world = await startWorld({ specs: [tinySpec({ fallback: null, serving: { latencySeconds: 0.1 } })] });
    world.server.disturb('flights/eta', 'a', { delayMs: 30_000, errorShare: 0 });
    await until(async () => (await world.infer(rowsOf([1], ['A']))).status === 504);
    expect((await world.infer(rowsOf([1], ['A']))).body.error).toBe('model "eta" version 1 gave no answer within its 0.1 s');
  });

  test('a worker that is killed under load costs fallbacks, never an unanswered request, and comes back', async () => {
    await using world = await startWorld();
    let killed = false;
    const statuses: (number | string)[] = [];
    const client = async (): Promise<void> => {
      for (let turn = 0; turn < 60; turn++) {
        const { status, headers } = await world.infer(rowsOf([1], ['A']));
        statuses.push(headers.get('x-weir-fallback') === '1' ? 'fallback' : status);
        if (turn === 20 && !killed) {
          killed = true;
          await world.server.kill('flights/eta', 'a');
        }
      }
    };
    await Promise.all([client(), client(), client()]);
    expect(new Set(statuses)).toEqual(new Set([200, 'fallback']));
    expect(world.log.predictions()).toHaveLength(statuses.length);
    await until(async () => (await world.infer(rowsOf([1], ['A']))).headers.get('x-weir-fallback') === null);
  });

  test('mirrored copies are logged as shadow under the same request id, and their answers are dropped', async () => {
    await using world = await startWorld({ route: routeWith(0, { mirror: { slot: 'b', percent: 100 } }) });
    const { headers, body } = await world.infer(rowsOf([1], ['A']));
    expect(body.outputs?.[0]?.data).toEqual([1.5]);
    await until(() => world.log.predictions().length === 2);
    const shadow = world.log.predictions().find((event) => event.arm === 'shadow');
    expect(shadow).toMatchObject({ requestId: headers.get('x-request-id'), version: '2', status: 200, outputs: { score: 11 } });
    expect(shadow?.id).toBe(`${headers.get('x-request-id')}/0/shadow`);
    expect(world.gateway.core.directory.get('flights/eta')?.counters('shadow')).toMatchObject({ requests: 1, error: 0 });
    await world.infer(rowsOf([1], ['C'])); // fails in both: the caller gets the fallback once, the shadow an error of its own
    await until(() => world.log.predictions().length === 4);
    expect(world.gateway.core.directory.get('flights/eta')?.counters('shadow')).toMatchObject({ requests: 2, error: 1 });
  });

  test('nothing is answered that is not in the log: a full disk gives 503, and the next request is served when there is room', async () => {
    await using world = await startWorld();
    world.log.full = true;
    const { status, headers, body } = await world.infer(rowsOf([1], ['A']));
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body.error).toContain('could not be logged, so it is not given: ENOSPC');
    expect(world.gateway.core.refusals.unlogged).toBe(1);
    world.log.full = false;
    expect((await world.infer(rowsOf([1], ['A']))).status).toBe(200);
    expect(world.log.predictions()).toHaveLength(1);
  });

  test('under the asynchronous policy answers do not wait for the log, and what is lost is counted', async () => {
    await using world = await startWorld({ deps: { logPolicy: { kind: 'asynchronous', maxRecords: 100 } } });
    world.log.full = true;
    expect((await world.infer(rowsOf([1, 1], ['A', 'A']))).status).toBe(200);
    await until(() => world.gateway.core.predictions.dropped() === 2);
    expect(
      (
        await world.infer(
          rowsOf(
            Array.from({ length: 101 }, () => 1),
            Array.from({ length: 101 }, () => 'A'),
          ),
        )
      ).status,
    ).toBe(200);
    expect(world.gateway.core.predictions.dropped()).toBe(103);
  });

  test('event time comes from the header where there is an event clock, and nowhere else', async () => {
    const seen: number[] = [];
    const clock = { observe: (event: number) => void seen.push(event), now: () => seen.at(-1) ?? null };
    await using world = await startWorld({ deps: { eventClock: clock } });
    await world.infer(rowsOf([1], ['A']), { 'x-weir-event-time': '983404800000' });
    await world.infer(rowsOf([1], ['A']));
    expect(world.log.predictions().map((event) => event.time)).toEqual(['2001-03-01T00:00:00.000Z', '2001-03-01T00:00:00.000Z']);
    expect((await world.infer(rowsOf([1], ['A']), { 'x-weir-event-time': 'soon' })).body.error).toContain('x-weir-event-time is "soon"');
    expect((await world.infer(rowsOf([1], ['A']), { 'x-weir-event-time': '99999999999999' })).body.error).toContain('more than a day ahead of now');
    await using cluster = await startWorld();
    await cluster.infer(rowsOf([1], ['A']), { 'x-weir-event-time': '983404800000' });
    expect(cluster.log.predictions()[0]?.time).not.toContain('2001');
  });
});
