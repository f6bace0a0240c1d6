import { expect, test } from 'vitest';
import { openLog } from '../../runtime/eventlog/log.ts';
import { routeWith, rowsOf, startWorld } from '../support/gateway.ts';
import { tempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';

const TOPIC = 'weir.predictions.flights';

test('what was answered is in the files of the log, each row once, also after the log was opened again', async () => {
  using folder = tempFolder();
  const log = await openLog(folder.path, { clock: Date.now });
  const answered = new Set<string>();
  {
    await using world = await startWorld({
      route: routeWith(5_000, { mirror: { slot: 'b', percent: 30 } }),
      deps: { append: (topic, partition, records) => log.append(topic, partition, records) },
    });
    const client = async (): Promise<void> => {
      for (let turn = 0; turn < 60; turn++) {
        const { headers } = await world.infer(rowsOf([1, 2], ['A', turn % 10 === 0 ? 'C' : 'B']));
        const id = headers.get('x-request-id');
        for (const row of [0, 1]) answered.add(`${id}/${row}`);
      }
    };
    await Promise.all([client(), client(), client()]);
    await until(() => world.gateway.core.mirrored === 0);
  }
  await log.close();

  const again = await openLog(folder.path, { clock: Date.now });
  const logged: string[] = [];
  const found = (await again.topics()).find(({ topic }) => topic === TOPIC);
  for (let partition = 0; partition < (found?.partitions ?? 0); partition++) {
    for (const { headers } of await again.read(TOPIC, partition, 0)) logged.push(headers.ce_id ?? '');
  }
  await again.close();
  const served = logged.filter((id) => !id.endsWith('/shadow'));
  expect(new Set(served)).toEqual(answered);
  expect(served).toHaveLength(answered.size);
  expect(logged.length).toBeGreaterThan(served.length);
});
