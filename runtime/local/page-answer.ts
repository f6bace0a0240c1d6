import type { ServerResponse } from 'node:http';
import type { Refusal } from './page-access.ts';

/** Answers with the reason and the remedy as JSON. */
export function refuse(response: ServerResponse, { status, error, remedy, allow }: Refusal): void {
  if (status === 413) response.setHeader('connection', 'close'); // the rest of the body is not read
  if (allow !== undefined) response.setHeader('allow', allow);
  sendJson(response, status, { error, remedy });
}

export const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  respond(response, status, 'application/json; charset=utf-8', JSON.stringify(body), { 'cache-control': 'no-store' });

/** One whole answer with the headers that every answer of the page has. */
export function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  const length = Buffer.byteLength(body);
  const safe = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin' };
  response.writeHead(status, { ...safe, ...headers, 'content-type': type, ...(status === 304 ? {} : { 'content-length': length }) });
  response.end(body);
}
