import { expect, test } from 'vitest';
import { createLabelQueue } from '../../runtime/local/replay/label-queue.ts';
import { transform } from '../../runtime/local/replay/transform.ts';

const ROW = { distance: 1_000, hour: 22, origin: 'ORD', origin_late_4h: 0.2, nation_late_4h: 0.1 };

test('without an injection a row is sent as it is', () => {
  expect(transform(ROW, [], { frozen: null }, 0).row).toEqual(ROW);
});

test('km and utc-hour change their own feature and no other', () => {
  const { row } = transform(ROW, ['km', 'utc-hour'], { frozen: null }, 0);
  expect(row).toEqual({ ...ROW, distance: 1_609.344, hour: 4 });
});

test('nulls takes three in ten distances away', () => {
  const missing = Array.from({ length: 1_000 }, (_, at) => transform(ROW, ['nulls'], { frozen: null }, at / 1_000).row.distance).filter(
    (value) => value === null,
  );
  expect(missing).toHaveLength(300);
});

test('stale repeats the pipeline features of the first row until it is switched off', () => {
  const first = transform(ROW, ['stale'], { frozen: null }, 0);
  const second = transform({ ...ROW, origin: 'ATL', origin_late_4h: 0.9 }, ['stale'], first.state, 0);
  expect(second.row).toMatchObject({ origin: 'ATL', origin_late_4h: 0.2 });
  expect(transform({ ...ROW, origin_late_4h: 0.9 }, [], second.state, 0).row.origin_late_4h).toBe(0.9);
});

test('a label is due its delay after the prediction, and stays until the platform has it', () => {
  const queue = createLabelQueue('eta', 'late', 1_000, []);
  queue.add('r1', true, 0);
  queue.add('r2', false, 500);
  expect(queue.due(999, 10)).toEqual([]);
  expect(queue.due(1_200, 10)).toEqual([{ request_id: 'r1', model: 'eta', event: 'late', value: true, time: '1970-01-01T00:00:01.000Z' }]);
  expect(queue.due(1_200, 10)).toHaveLength(1);
  queue.done(1);
  expect(queue.due(2_000, 10).map((item) => item.request_id)).toEqual(['r2']);
});

test('labels on their way survive a stop of the replay', () => {
  const queue = createLabelQueue('eta', 'late', 1_000, []);
  for (let at = 0; at < 25_000; at += 1) queue.add(`r${at}`, true, at);
  queue.done(20_001);
  const again = createLabelQueue('eta', 'late', 1_000, queue.state());
  expect(again.size()).toBe(4_999);
  expect(again.due(1e9, 1)[0]?.request_id).toBe('r20001');
});
