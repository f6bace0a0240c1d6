// A writer that its test kills: appends as fast as it can and tells on stdout what was acknowledged, `<id> <offset>` a line.
// Usage: append-child.ts FOLDER RUN
import { writeSync } from 'node:fs';
import { openLog } from '../../runtime/eventlog/log.ts';

const [, , folder = '', run = ''] = process.argv;
const log = await openLog(folder, { clock: Date.now, segmentBytes: 2_000_000 });
writeSync(1, `repairs ${log.repairs.length}\n`);
let serial = 0;

/** One caller in flight: of many, so that writes hold many records and large ones, and are worth being torn. */
async function appendForEver(valueBytes: number): Promise<void> {
  for (;;) {
    const id = `${run}-${serial++}`;
    const { first } = await log.append('t', 0, [{ key: id, headers: {}, value: Buffer.alloc(valueBytes, id) }]);
    writeSync(1, `${id} ${first}\n`);
  }
}

await Promise.all(Array.from({ length: 64 }, (_, i) => appendForEver(i % 8 === 0 ? 60_000 : 300)));
