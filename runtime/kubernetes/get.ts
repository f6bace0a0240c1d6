import { request as send } from 'node:https';
import { type ApiAccess, type Credentials, readCredentials } from './access.ts';

/** What the API server answered instead of an object. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface GetOptions {
  /** An answer that takes longer is given up. */
  readonly timeoutMs: number;
  /** A longer answer is given up. */
  readonly maxBytes: number;
}

/** Reads of one API server. */
export type Get = (path: string) => Promise<unknown>;

/** With the token and the authority as the files have them now. @throws ApiError for an answer that is no success, ArgsError for files that cannot be read */
export async function openApi(access: ApiAccess, options: GetOptions): Promise<Get> {
  const credentials = await readCredentials(access);
  return async (path) => {
    const text = await getText(access, credentials, path, options);
    const value: unknown = JSON.parse(text);
    return value;
  };
}

function getText({ host, port }: ApiAccess, { token, ca }: Credentials, path: string, { timeoutMs, maxBytes }: GetOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', authorization: `Bearer ${token}`, 'user-agent': 'weir' };
    const asked = send({ host, port, path, ca, headers, signal: AbortSignal.timeout(timeoutMs) }, (answer) => {
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > maxBytes) answer.destroy(new Error(`${path}: the answer has more than ${maxBytes} bytes`));
        else pieces.push(piece);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        const status = answer.statusCode ?? 0;
        if (status === 200) resolve(text);
        else reject(new ApiError(status, `${path}: ${status} ${messageIn(text)}`));
      });
    });
    asked.on('error', (error) => reject(error.name === 'AbortError' ? new Error(`${path}: no answer within ${timeoutMs / 1_000} s`) : error));
    asked.end();
  });
}

/** Of a Status object; the text's start when it is none. */
function messageIn(text: string): string {
  try {
    const status: { readonly message?: unknown } = JSON.parse(text);
    return String(status.message);
  } catch {
    return text.slice(0, 200);
  }
}
