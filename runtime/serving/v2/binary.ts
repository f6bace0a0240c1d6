import { TextDecoder } from 'node:util';
import { type ElementType, ruleOf } from './datatypes.ts';
import { type Element, V2Error } from './tensor.ts';

/** The elements of a binary tensor: little-endian, BYTES with a 4-byte length before each. Throws V2Error 400 when the size differs. */
export function readBinary(bytes: Buffer, shape: readonly number[], datatype: ElementType, label: string): readonly Element[] {
  const count = shape.reduce((product, size) => product * size, 1);
  const rule = ruleOf(datatype);
  if (rule === null || rule.bytes === null) return readTexts(bytes, count, label);
  if (bytes.length !== count * rule.bytes) {
    throw new V2Error(
      400,
      `${label} has shape [${shape.join(', ')}] of ${datatype}, which is ${count * rule.bytes} bytes, but binary_data_size is ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Element[] = [];
  for (let at = 0; at < bytes.length; at += rule.bytes) data.push(rule.read(view, at));
  return data;
}

/** The same elements as bytes. */
export function writeBinary(data: readonly Element[], datatype: ElementType): Buffer {
  const rule = ruleOf(datatype);
  if (rule === null || rule.bytes === null) return writeTexts(data);
  const bytes = Buffer.alloc(data.length * rule.bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < data.length; index++) rule.write(view, index * rule.bytes, data[index] ?? null);
  return bytes;
}

function readTexts(bytes: Buffer, count: number, label: string): readonly Element[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const data: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > bytes.length) throw new V2Error(400, `${label} ends inside element ${data.length}`);
    data.push(text(decoder, bytes.subarray(at + 4, at + 4 + length), `${label} element ${data.length}`));
    at += 4 + length;
  }
  if (data.length !== count) throw new V2Error(400, `${label} has a shape of ${count} elements, but ${data.length} were given`);
  return data;
}

function text(decoder: TextDecoder, bytes: Buffer, label: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new V2Error(400, `${label} is not UTF-8; ONNX strings are`);
  }
}

function writeTexts(data: readonly Element[]): Buffer {
  const parts: Buffer[] = [];
  for (const element of data) {
    const bytes = Buffer.from(String(element), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}
