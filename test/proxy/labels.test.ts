import { describe, expect, test } from 'vitest';
import { post, startWorld } from '../support/gateway.ts';

const label = { request_id: '0190', model: 'eta', event: 'late', value: true, time: '2001-03-02T00:00:00Z' };

describe('POST /v2/labels', () => {
  test('takes an array or lines, and 202 says that they are in the log', async () => {
    await using world = await startWorld({ route: null });
    const array = await post(world.port, '/v2/labels', JSON.stringify([label, { ...label, row: 3, value: 0.5, time: 983_404_800_000 }]));
    expect([array.status, array.body]).toEqual([202, { accepted: 2 }]);
    const lines = await post(world.port, '/v2/labels', `${JSON.stringify(label)}\n\n${JSON.stringify({ ...label, time: undefined })}\n`);
    expect([lines.status, lines.body]).toEqual([202, { accepted: 2 }]);
    const [first, second] = world.log.labels();
    expect(first).toEqual({
      requestId: '0190',
      row: 0,
      tenant: 'flights',
      model: 'eta',
      event: 'late',
      value: true,
      time: '2001-03-02T00:00:00.000Z',
    });
    expect(second).toMatchObject({ row: 3, value: 0.5, time: '2001-03-01T00:00:00.000Z' });
    expect(world.log.records[0]).toMatchObject({
      topic: 'weir.labels.flights',
      key: '0190',
      headers: { ce_id: '0190/0/late', ce_type: 'weir.label.v1' },
    });
  });

  test.each([
    [{ ...label, request_id: '' }, 'label 1: request_id is ""'],
    [{ ...label, row: -1 }, 'label 1: row is -1'],
    [{ ...label, model: 'nobody' }, 'model "nobody" is unknown'],
    [{ ...label, event: 'early' }, 'label 1: event is "early"; model "eta" declares late'],
    [{ ...label, value: null }, 'label 1: value is null'],
    [{ ...label, time: 'soon' }, 'label 1: time is "soon"'],
    [{ ...label, colour: 'red' }, 'label 1: field "colour" is unknown'],
    [7, 'label 1: is 7; an object is expected'],
  ])('refuses the whole batch for one bad item: %j', async (bad, message) => {
    await using world = await startWorld({ route: null });
    const { status, body } = await post(world.port, '/v2/labels', JSON.stringify([label, bad]));
    expect([status, body.error]).toEqual([expect.any(Number), expect.stringContaining(message)]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(world.log.records).toEqual([]);
  });

  test('is bounded, names a bad line, and says 503 when the disk is full', async () => {
    await using world = await startWorld({ route: null, limits: { maxRows: 2 } });
    expect((await post(world.port, '/v2/labels', JSON.stringify([label, label, label]))).body.error).toBe(
      '3 labels given; at most 2 are taken at once',
    );
    expect((await post(world.port, '/v2/labels', `${JSON.stringify(label)}\n{"x"`)).body.error).toContain('line 2: malformed JSON');
    expect((await post(world.port, '/v2/labels', '"text"')).status).toBe(400);
    world.log.full = true;
    expect((await post(world.port, '/v2/labels', JSON.stringify([label]))).status).toBe(503);
  });
});
