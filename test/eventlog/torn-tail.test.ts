import { appendFileSync, copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from '../../runtime/eventlog/log.ts';
import { partitionFolder } from '../../runtime/eventlog/names.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { HEADER_BYTES, segmentPath } from '../../runtime/eventlog/segment.ts';
import { recordOf, temporaryFolder, textsOf } from './support.ts';

const clock = (): number => 0;
/** Appends of a few records each; the texts are long enough to make cuts inside of them likely. */
const appends = fc.array(fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

interface Written {
  readonly root: string;
  readonly segment: string;
  /** File length after each append, and what the log held then. */
  readonly states: readonly { readonly bytes: number; readonly texts: readonly string[] }[];
}

async function write(root: string, texts: readonly (readonly string[])[]): Promise<Written> {
  const log = await openLog(root, { clock });
  const segment = segmentPath(partitionFolder(root, 't', 0), 0);
  const states = [{ bytes: HEADER_BYTES, texts: [] as string[] }];
  for (const some of texts) {
    await log.append('t', 0, some.map(recordOf));
    states.push({ bytes: statSync(segment).size, texts: [...(states.at(-1)?.texts ?? []), ...some] });
  }
  await log.close();
  return { root, segment, states };
}

test('a log cut at any byte of its tail is, to readers and to the next writer, the appends that were whole', async () => {
  const folder = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(appends, fc.double({ min: 0, max: 1, noNaN: true }), async (texts, share) => {
      const { root, segment, states } = await write(join(folder, `${run++}`), texts);
      const whole = states.at(-1)?.bytes ?? 0;
      const cutAt = HEADER_BYTES + Math.floor(share * (whole - HEADER_BYTES));
      truncateSync(segment, cutAt);
      const kept = states.findLast((state) => state.bytes <= cutAt);
      if (kept === undefined) throw new Error('the empty log is always kept');
      expect(await textsOf(openReader(root))).toEqual(kept.texts);

      const log = await openLog(root, { clock });
      const repair = { file: segment, keptBytes: kept.bytes, cutBytes: cutAt - kept.bytes, next: kept.texts.length, kind: 'torn' };
      expect(log.repairs).toEqual(cutAt === kept.bytes ? [] : [repair]);
      expect(await log.append('t', 0, [recordOf('after')])).toMatchObject({ first: kept.texts.length });
      expect(await textsOf(log)).toEqual([...kept.texts, 'after']);
      await log.close();
    }),
    { numRuns: 150 },
  );
});

test('bytes after the last write that no writer wrote are cut and reported', async () => {
  const folder = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(appends, fc.uint8Array({ minLength: 1, maxLength: 200 }), async (texts, garbage) => {
      const { root, segment, states } = await write(join(folder, `${run++}`), texts);
      appendFileSync(segment, garbage);
      const log = await openLog(root, { clock });
      expect(log.repairs).toMatchObject([{ file: segment, cutBytes: garbage.length }]);
      expect(await textsOf(log)).toEqual(states.at(-1)?.texts);
      await log.close();
    }),
    { numRuns: 50 },
  );
});

/** Every third bit from one byte to another, each flipped alone in the file while `look` runs. */
async function flipEach(segment: string, from: number, to: number, look: (bit: number, flipped: Buffer) => Promise<void>): Promise<void> {
  const whole = readFileSync(segment);
  for (let bit = from * 8; bit < to * 8; bit += 3) {
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(segment, flipped);
    await look(bit, flipped);
  }
  writeFileSync(segment, whole);
}

test('a flipped bit before the last write is never skipped or cut: readers and the next writer name file and byte', async () => {
  const { root, segment, states } = await write(join(temporaryFolder(), 'log'), [['a', 'bb'], ['ccc'], ['dddd']]);
  const named = { name: 'ArgsError', path: expect.stringMatching(/00000\.log(:byte \d+)?$/) };
  await flipEach(segment, 0, states.at(-2)?.bytes ?? 0, async (bit, flipped) => {
    await expect(textsOf(openReader(root)), `bit ${bit}`).rejects.toMatchObject(named);
    await expect(openLog(root, { clock }), `bit ${bit}`).rejects.toMatchObject(named);
    expect(readFileSync(segment)).toEqual(flipped);
  });
});

test('a flipped bit in the last write, which a loss of power may leave, is named by readers, and cut and reported by the next writer', async () => {
  const { root, segment, states } = await write(join(temporaryFolder(), 'log'), [['a', 'bb'], ['ccc'], ['dddd']]);
  const [kept, whole] = [states.at(-2)?.bytes ?? 0, states.at(-1)?.bytes ?? 0];
  await flipEach(segment, kept, whole, async (bit) => {
    await expect(textsOf(openReader(root)), `bit ${bit}`).rejects.toMatchObject({ path: `${segment}:byte ${kept}` });
    const log = await openLog(root, { clock });
    expect(log.repairs).toEqual([{ file: segment, keptBytes: kept, cutBytes: whole - kept, next: 3, kind: 'damaged' }]);
    await log.close();
  });
});

test('damage in a sealed segment, or a sealed segment that is gone, is reported when it is read', async () => {
  const root = temporaryFolder();
  const log = await openLog(root, { clock, segmentBytes: 200 });
  for (let i = 0; i < 12; i++) await log.append('t', 0, [recordOf(`${i}`.repeat(40))]);
  await log.close();
  const at = partitionFolder(root, 't', 0);
  const [second, third] = [segmentPath(at, 2), segmentPath(at, 4)];
  const whole = readFileSync(second);
  const outcome = async (): Promise<unknown> => textsOf(openReader(root)).catch((error: unknown) => error);

  truncateSync(second, whole.length - 5);
  expect(await outcome()).toMatchObject({
    path: expect.stringMatching(/00002\.log:byte \d+$/),
    problem: expect.stringContaining('records 3 to 3 are missing'),
  });
  writeFileSync(second, whole);
  mkdirSync(join(root, 'aside'));
  copyFileSync(third, join(root, 'aside', 'third'));
  writeFileSync(third, readFileSync(second));
  expect(await outcome()).toMatchObject({ path: expect.stringContaining('00004.log:byte 12') });
});
