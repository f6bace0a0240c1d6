import type { IncomingMessage } from 'node:http';

/** Why a request is not answered: the status, what is wrong, and what to do instead. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly remedy: string;
  /** Of a 405: the methods that are answered. */
  readonly allow?: string;
}

/**
 * The hosts that the page may be called by on this connection, ready to be compared with a `Host` header. Loopback names only: a
 * foreign name that resolves to 127.0.0.1 (DNS rebinding) is another origin to the browser, and must be one to us.
 * @param extra further `host:port` values, for a port that is forwarded.
 */
export function pageHosts(request: IncomingMessage, extra: readonly string[]): ReadonlySet<string> {
  const port = request.socket.localPort;
  const local = ['127.0.0.1', 'localhost', '[::1]'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return new Set([...local, ...extra.map((host) => host.toLowerCase())]);
}

/** Refuses a request that came by another name than this machine's own. */
export function checkHost(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  const host = request.headers.host?.toLowerCase() ?? '';
  if (hosts.has(host)) return null;
  return { status: 403, error: `host ${quote(host)} is not this page's`, remedy: `Use ${list([...hosts].map((name) => `http://${name}`))}.` };
}

/**
 * Refuses a write that a page of another origin may have sent. `Origin` must be there (every browser sends it with a POST; a program
 * sets it itself), and the body must be JSON, which a form cannot send without asking first.
 */
export function checkWrite(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  const { origin = '', 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const own = [...hosts].map((name) => `http://${name}`);
  if (!own.includes(origin.toLowerCase())) {
    return { status: 403, error: `origin ${quote(origin)} may not write here`, remedy: `Send Origin: ${list(own)}.` };
  }
  if (site !== undefined && site !== 'same-origin') {
    return { status: 403, error: `a ${quote(site)} request may not write here`, remedy: "Use the page's own buttons." };
  }
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return { status: 415, error: `content-type ${quote(type)} is not JSON`, remedy: 'Send Content-Type: application/json.' };
  }
  return null;
}

/** A write's body, parsed, or why not. Reads no more than `limit` bytes, and waits for them no longer than `seconds`. */
export async function readJson(request: IncomingMessage, limit: number, seconds: number): Promise<{ readonly json: unknown } | Refusal> {
  const timer = setTimeout(() => request.destroy(), seconds * 1000);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return { status: 413, error: `the body is larger than ${limit} bytes`, remedy: 'Send less.' };
      chunks.push(chunk);
    }
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { status: 400, error: 'the body is not JSON', remedy: 'Send one JSON object.' };
  } finally {
    clearTimeout(timer);
  }
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 100));
const list = (items: readonly string[]): string => items.join(' or ');
