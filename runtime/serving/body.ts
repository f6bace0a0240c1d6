import type { IncomingMessage } from 'node:http';
import { V2Error } from './v2/tensor.ts';

/**
 * A request's body, at most `maxBytes` of it. Throws V2Error 413 as soon as it is known to be longer, without reading the rest, and 415
 * for a compressed one: a small body that unfolds without bound is not worth the risk.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return Promise.reject(new V2Error(415, `Content-Encoding "${encoding}" is not served; send the body uncompressed`));
  }
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge(`${declared} bytes`, maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(`more than ${maxBytes} bytes`, maxBytes));
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new V2Error(400, 'the connection closed inside the body'));
    });
  });
}

function tooLarge(given: string, maxBytes: number): V2Error {
  return new V2Error(413, `the body has ${given}; at most ${maxBytes} are served`);
}
