import { request } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  json(): unknown;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request with exactly these headers, `Host` and `Origin` too, which `fetch` would not let us set. */
export function ask(port: number, { method = 'GET', path, headers = {}, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A write as the page's own script sends it. */
export function write(port: number, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const own = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json', ...headers };
  return ask(port, { method: 'POST', path, headers: own, body: typeof body === 'string' ? body : JSON.stringify(body) });
}
