import type { ObjectSource, OpenedObject } from '../../runtime/delivery/port.ts';
import { ArgsError } from '../../runtime/errors.ts';

/** A bucket in memory, and what was asked of it. */
export interface MemorySource extends ObjectSource {
  readonly objects: Map<string, Buffer>;
  readonly asked: { readonly key: string; readonly from: number }[];
  /** Ends the next connections for `model.onnx` after so many bytes, one number each; below zero: as if that were all of it. */
  readonly breaks: number[];
}

const PIECE = 1_024;

export function memorySource(objects: Readonly<Record<string, Buffer | string>>): MemorySource {
  const source: MemorySource = {
    objects: new Map(Object.entries(objects).map(([key, value]) => [key, Buffer.from(value)])),
    asked: [],
    breaks: [],
    close: () => undefined,
    open: async (key, from): Promise<OpenedObject> => {
      source.asked.push({ key, from });
      const found = source.objects.get(key);
      if (found === undefined) throw new ArgsError(key, 'is not there', 'Promote the version first.');
      const content = found.subarray(from);
      return {
        bytes: content.length,
        pieces: ReadableStream.from(piecesOf(content, key.endsWith('model.onnx') ? source.breaks.shift() : undefined)),
      };
    },
  };
  return source;
}

function* piecesOf(content: Buffer, most = Number.POSITIVE_INFINITY): Generator<Uint8Array> {
  const end = Math.abs(most);
  for (let at = 0; at < content.length; at += PIECE) {
    if (at + PIECE > end) {
      yield content.subarray(at, end);
      if (most < 0) return;
      throw new Error('the connection was reset');
    }
    yield content.subarray(at, at + PIECE);
  }
}
