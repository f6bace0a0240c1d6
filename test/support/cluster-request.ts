import type { Agent, Dispatcher } from 'undici';

/** One answer as it came. */
export interface Answer {
  readonly text: string;
  readonly warnings: readonly string[];
}

/** What the API server refused, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** Kubernetes' word for it: `Invalid`, `NotFound`, `AlreadyExists`, … */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** One request as it is. */
export interface ApiRequest {
  readonly method: Dispatcher.HttpMethod;
  /** With its query. */
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
  /** The form of the answer, such as the table that kubectl prints. Default: JSON. */
  readonly accept?: string;
}

/** Who asks which server. */
export interface ApiAccess {
  readonly agent: Agent;
  readonly origin: string;
  readonly token: string;
}

/** @throws Refused for any status from 400 on */
export async function send({ agent, origin, token }: ApiAccess, { method, path, body, accept = 'application/json' }: ApiRequest): Promise<Answer> {
  const answer = await agent.request({
    origin,
    method,
    path,
    headers: { accept, authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': body.type }) },
    body: body?.text ?? null,
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 400) throw refusalOf(answer.statusCode, text);
  return { text, warnings: [answer.headers.warning ?? []].flat().map((line) => warningOf(line)) };
}

/** RFC 9110: `299 - "text"`, with quotes in the text escaped. */
const warningOf = (line: string): string => (/^299 \S+ "(.*)"$/s.exec(line)?.[1] ?? line).replaceAll(/\\(.)/gs, '$1');

function refusalOf(status: number, text: string): Refused {
  try {
    const { reason = '', message = text }: { reason?: string; message?: string } = JSON.parse(text);
    return new Refused(status, reason, message);
  } catch {
    return new Refused(status, '', text);
  }
}
