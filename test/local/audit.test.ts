import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../runtime/eventlog/log.ts';
import { openAuditTrail } from '../../runtime/local/audit.ts';
import { tempFolder } from '../support/temp.ts';

let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const fact = (notice: string) => ({
  eventTime: null,
  source: 'rollout' as const,
  tenant: 'flights',
  model: 'eta',
  kind: 'Promoted',
  text: notice,
  record: null,
  data: { notice },
});

test('a trail that was closed and opened again has the lines that it had, and shows the newest first', async () => {
  let now = 1_000;
  const open = async () => {
    const log = await openLog(folder.path, { clock: () => now });
    return {
      log,
      trail: await openAuditTrail(
        log,
        () => now,
        () => `id-${now}`,
      ),
    };
  };
  const first = await open();
  await first.trail.write(fact('one'));
  now = 2_000;
  await first.trail.write(fact('two'));
  await first.log.close();
  const { log, trail } = await open();
  expect(trail.recent().map(({ text }) => text)).toEqual(['two', 'one']);
  expect(trail.has('one', 1_000)).toBe(true);
  expect(trail.has('three', 1_500)).toBe(false);
  await log.close();
});

test('a line that many others followed counts as written: it is not told a second time', async () => {
  let now = 0;
  const log = await openLog(folder.path, { clock: () => now });
  const trail = await openAuditTrail(
    log,
    () => now,
    () => String(now),
  );
  await trail.write(fact('one'));
  for (now = 1; now <= 250; now += 1) await trail.write(fact(`line ${now}`));
  expect(trail.recent()).toHaveLength(200);
  expect(trail.has('one', 0)).toBe(true);
  expect(trail.has('never', 240)).toBe(false);
  await log.close();
});
