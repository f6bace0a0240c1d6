import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { messageOf } from '../../errors.ts';
import type { Coverage, Profile, ProfileRow } from '../types.ts';
import { readCounts, writeCounts } from './leb128.ts';
import { keyPart, type RowKey } from './row.ts';

/**
 * The `.wpf` file: `WPF1`, u32 LE header length, header JSON (the profile without counts, features by index), then the counts of each row
 * feature by feature in bin order and `cal`, as unsigned LEB128; the whole zstd-compressed with a checksum.
 */
const MAGIC = 'WPF1';
const PREFIX = 8;
/** Decoding stops here: 90 days of 100 features are 130 MB, so only a broken or hostile file is larger. */
const MAX_BYTES = 256 * 1024 * 1024;

interface Header {
  readonly kind: 'weir.drift/Profile';
  readonly v: 1;
  readonly coverage: readonly Coverage[];
  readonly rows: readonly (RowKey &
    Pick<ProfileRow, 'n' | 'late'> & { /** Bins of each feature. */ readonly bins: readonly number[]; readonly cal: number })[];
  readonly decodeErrors: number;
  readonly unreferenced: number;
}

/** A stored profile that cannot be read: truncated, damaged, or of another kind. Names the file. */
export class CorruptProfile extends Error {
  override readonly name = 'CorruptProfile';
}

/** The same profile always gives the same bytes. Throws RangeError for counts that are no integers from 0 to 2^53. */
export function encodeWpf(profile: Profile): Buffer {
  const header: Header = {
    kind: 'weir.drift/Profile',
    v: 1,
    coverage: profile.coverage,
    rows: profile.rows.map((row) => ({
      ...keyPart(row),
      n: row.n,
      late: row.late,
      bins: row.features.map((counts) => counts.length),
      cal: row.cal.length,
    })),
    decodeErrors: profile.decodeErrors,
    unreferenced: profile.unreferenced,
  };
  const text = Buffer.from(JSON.stringify(header));
  const counts: number[] = [];
  for (const row of profile.rows) for (const bins of [...row.features, row.cal]) writeCounts(bins, counts);
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(text.length, MAGIC.length);
  return zstdCompressSync(Buffer.concat([prefix, text, Buffer.from(counts)]), { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** @param name how the file is called in errors. Throws CorruptProfile for anything but a whole profile. */
export function decodeWpf(bytes: Uint8Array, name: string): Profile {
  try {
    return decode(zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES }));
  } catch (error) {
    throw new CorruptProfile(`${name}: not a profile: ${messageOf(error)}`, { cause: error });
  }
}

function decode(plain: Buffer): Profile {
  if (plain.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error(`it does not begin with ${MAGIC}`);
  const end = PREFIX + plain.readUInt32LE(MAGIC.length);
  if (end > plain.length) throw new Error('the header ends early');
  const header = headerOf(plain.toString('utf8', PREFIX, end));
  let at = end;
  const take = (length: number): Float64Array => {
    if (length > plain.length - at) throw new Error('the counts end early'); // a count has at least one byte
    const { counts, next } = readCounts(plain, at, length);
    at = next;
    return counts;
  };
  const rows = header.rows.map((row) => ({ ...keyPart(row), n: row.n, late: row.late, features: row.bins.map(take), cal: take(row.cal) }));
  if (at !== plain.length) throw new Error(`${plain.length - at} bytes after the last count`);
  return { coverage: header.coverage, rows, decodeErrors: header.decodeErrors, unreferenced: header.unreferenced };
}

function headerOf(text: string): Header {
  const header: Header | null = JSON.parse(text); // what a header should be; checked here, as it comes from a disk
  if (header?.kind !== 'weir.drift/Profile' || header.v !== 1) throw new Error('the header is of another kind or version');
  if (!Array.isArray(header.rows) || !Array.isArray(header.coverage)) throw new Error('the header lacks rows or coverage');
  for (const row of header.rows) {
    const sizes = [row.n, row.late, row.cal, row.seconds, ...row.bins];
    if (!Number.isSafeInteger(row.window) || !sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      throw new Error('a row lacks its sizes');
    }
  }
  return header;
}
