import { createReadStream } from 'node:fs';
import { ArgsError, messageOf } from '../../../runtime/errors.ts';
import { statOf } from '../../../runtime/model/read/text.ts';
import { sizeText } from './limits.ts';

/** How a file is named that comes through a pipe. */
export const STDIN = '-';
export const STDIN_NAME = 'standard input';

/**
 * The text of a file or of standard input, without its byte order mark. A file's size is looked at before it is read, a pipe's while it is.
 * @throws ArgsError
 */
export async function readText(file: string, most: number, remedy: string): Promise<string> {
  if (file === STDIN) return decoded(STDIN_NAME, await bytesOf(STDIN_NAME, stdin(), most, remedy));
  const stat = statOf(file);
  if (stat === null) throw new ArgsError(file, 'there is no such file', 'Mind its name, and where you are.');
  if (stat.isDirectory()) throw new ArgsError(file, 'is a folder', 'Name the file in it.');
  if (stat.size > most) throw tooLarge(file, sizeText(stat.size), most, remedy);
  return decoded(file, await bytesOf(file, createReadStream(file), most, remedy));
}

function stdin(): AsyncIterable<Buffer> {
  if (process.stdin.isTTY)
    throw new ArgsError(STDIN, 'nothing is piped in', 'Pipe a file into it, such as `kubectl kustomize . | weir policy check -`.');
  return process.stdin;
}

async function bytesOf(file: string, stream: AsyncIterable<Buffer>, most: number, remedy: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > most) throw new ArgsError(file, `has more than ${sizeText(most)}, which is the most that is read`, remedy);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ArgsError) throw error;
    throw new ArgsError(file, `cannot be read: ${messageOf(error)}`, 'Mind its rights and kind.', { cause: error });
  }
  return Buffer.concat(chunks);
}

const tooLarge = (file: string, size: string, most: number, remedy: string): ArgsError =>
  new ArgsError(file, `has ${size}: more than ${sizeText(most)} are not read`, remedy);

/** Windows' shells write UTF-16 into files by `>`. */
function decoded(file: string, bytes: Buffer): string {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) throw new ArgsError(file, 'is UTF-16', 'Save it as UTF-8; in PowerShell: `… | Out-File -Encoding utf8 FILE`.');
  if (bytes.subarray(0, 65_536).includes(0)) throw new ArgsError(file, 'is binary', 'Name a text file: YAML or JSON, unpacked.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ArgsError(file, 'is not UTF-8 text', 'Save it as UTF-8.', { cause: error });
  }
}
