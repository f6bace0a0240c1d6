import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VerdictDetail } from '../drift/view-types.ts';
import { ArgsError, messageOf } from '../errors.ts';
import type { ActionKind } from '../model/status.ts';
import { checkHost, checkWrite, pageHosts, type Refusal, readJson } from './page-access.ts';
import { refuse, respond, sendJson } from './page-answer.ts';
import { type Asset, loadAssets } from './page-assets.ts';
import { PageStream, STREAM_LIMITS, type StreamLimits, type StreamSource } from './page-stream.ts';
import { parseAction, parseInject } from './page-writes.ts';
import type { InjectionName } from './view.ts';

export interface PageDeps extends StreamSource {
  /** `window`: start, epoch milliseconds. Null: no such verdict. */
  detail(model: string, feature: string, window: number): Promise<VerdictDetail | null>;
  inject(name: InjectionName, active: boolean): Promise<void>;
  /** Files the request of a person; the answer is one sentence for that person. `digest` names the lock of an Unlock. */
  act(model: string, action: ActionKind, reason: string, digest: string | null): Promise<string>;
  /** The HTML below `/reports/`; null: not there. The path is relative, without `..`. */
  report(path: string): Promise<string | null>;
  /** The text of a timeline entry's record, by the path that the entry gives; null: not there, or not for showing. */
  record(path: string): Promise<string | null>;
  /** Further `host:port` names that the page may be called by, where a port is forwarded. Default none: loopback names only. */
  readonly allowedHosts?: readonly string[];
  /** Default {@link STREAM_LIMITS}. */
  readonly limits?: StreamLimits;
}

/** True when the request was for the page and is being answered; false leaves it to others. */
export type PageHandlers = (request: IncomingMessage, response: ServerResponse) => boolean;

const BODY_BYTES = 4096;
const BODY_SECONDS = 10;

/** No inline script, no other host, and no string ever becomes markup: the browser itself refuses `innerHTML`. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/** A report is one file with its style inside, and runs nothing. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;
type Route = { readonly method: 'GET' | 'POST'; readonly head?: boolean; readonly answer: Answer };

/** The page, its data and its two writes, for a server that listens on loopback. */
export function createPageHandlers(deps: PageDeps): PageHandlers {
  const find = routes(deps, loadAssets(), new PageStream(deps, deps.limits ?? STREAM_LIMITS));
  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://page');
    if (url === null || !/^\/(?:$|page\/|api\/|reports\/|records\/)/.test(url.pathname)) return false;
    const hosts = pageHosts(request, deps.allowedHosts ?? []);
    const route = find(url.pathname);
    const refusal = checkHost(request, hosts) ?? checkMethod(request, route) ?? (route?.method === 'POST' ? checkWrite(request, hosts) : null);
    if (refusal !== null || route === null) refuse(response, refusal ?? notFound(url.pathname));
    else void run(route.answer, request, response, url);
    return true;
  };
}

function routes(deps: PageDeps, assets: ReadonlyMap<string, Asset>, stream: PageStream): (path: string) => Route | null {
  const api: Readonly<Record<string, Route>> = {
    '/api/view': { method: 'GET', answer: (_, response) => sendJson(response, 200, deps.view()) },
    '/api/stream': { method: 'GET', answer: (_, response) => void (stream.add(response) || refuse(response, FULL)) },
    '/api/verdict': { method: 'GET', answer: (_, response, url) => answerVerdict(deps, response, url) },
    '/api/inject': { method: 'POST', answer: (request, response) => answerInject(deps, request, response) },
    '/api/action': { method: 'POST', answer: (request, response) => answerAction(deps, request, response) },
  };
  return (path) => {
    if (Object.hasOwn(api, path)) return api[path] ?? null;
    const asset = assets.get(path);
    if (asset !== undefined) return { method: 'GET', head: true, answer: (request, response) => sendAsset(request, response, asset) };
    const [, kind, name] = /^\/(reports|records)\/(.+)$/.exec(path) ?? [];
    if (kind === undefined || name === undefined) return null;
    return { method: 'GET', answer: (_, response) => sendDocument(response, kind === 'reports' ? 'html' : 'plain', name, deps) };
  };
}

async function answerVerdict(deps: PageDeps, response: ServerResponse, { searchParams }: URL): Promise<void> {
  const model = searchParams.get('model');
  const feature = searchParams.get('feature');
  const window = Number(searchParams.get('window') ?? Number.NaN);
  if (model === null || feature === null || !Number.isSafeInteger(window)) {
    return refuse(response, {
      status: 400,
      error: 'model, feature or window is missing',
      remedy: 'Ask /api/verdict?model=…&feature=…&window=<epoch ms>.',
    });
  }
  const detail = await deps.detail(model, feature, window);
  if (detail === null) return refuse(response, { status: 404, error: `no verdict of ${feature} for that window`, remedy: 'Choose another cell.' });
  sendJson(response, 200, detail);
}

async function answerInject(deps: PageDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const read = await readJson(request, BODY_BYTES, BODY_SECONDS);
  const body = 'json' in read ? parseInject(read.json) : read;
  if ('status' in body) return refuse(response, body);
  await deps.inject(body.name, body.active);
  sendJson(response, 200, { message: `${body.name} is ${body.active ? 'on' : 'off'}` });
}

async function answerAction(deps: PageDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const read = await readJson(request, BODY_BYTES, BODY_SECONDS);
  const body = 'json' in read ? parseAction(read.json) : read;
  if ('status' in body) return refuse(response, body);
  sendJson(response, 200, { message: await deps.act(body.model, body.action, body.reason, body.digest) });
}

async function sendDocument(response: ServerResponse, type: 'html' | 'plain', encoded: string, deps: PageDeps): Promise<void> {
  const path = decodePath(encoded);
  const text = path === null ? null : await (type === 'html' ? deps.report(path) : deps.record(path));
  if (text === null) return refuse(response, notFound(encoded));
  respond(response, 200, `text/${type}; charset=utf-8`, text, { 'content-security-policy': REPORT_POLICY, 'cache-control': 'no-store' });
}

/** A relative path of plain names, or null: `..`, hidden files, backslashes and control characters name no document. */
function decodePath(encoded: string): string | null {
  try {
    const parts = decodeURIComponent(encoded).split('/');
    const plain = parts.every((part) => part !== '' && !part.startsWith('.') && /^[^\\\p{Cc}]+$/u.test(part));
    return plain ? parts.join('/') : null;
  } catch {
    return null;
  }
}

async function run(answer: Answer, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  try {
    await answer(request, response, url);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    if (error instanceof ArgsError) refuse(response, { status: 400, error: `${error.path}: ${error.problem}`, remedy: error.remedy });
    else refuse(response, { status: 500, error: messageOf(error), remedy: "See the platform's log." });
  }
}

function sendAsset(request: IncomingMessage, response: ServerResponse, { body, gzip, type, etag }: Asset): void {
  const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding', 'content-security-policy': PAGE_POLICY };
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (request.headers['if-none-match'] === etag) respond(response, 304, type, '', headers);
  else if (accepts) respond(response, 200, type, gzip, { ...headers, 'content-encoding': 'gzip' });
  else respond(response, 200, type, body, headers);
}

function checkMethod(request: IncomingMessage, route: Route | null): Refusal | null {
  const methods = route === null ? [] : route.head === true ? [route.method, 'HEAD'] : [route.method];
  if (route === null || methods.includes(request.method ?? '')) return null;
  const allow = methods.join(', ');
  return { status: 405, error: `${request.method} is not answered here`, remedy: `Use ${allow}.`, allow };
}

const FULL: Refusal = { status: 503, error: 'too many pages are open', remedy: 'Close one, or wait.' };
const notFound = (path: string): Refusal => ({ status: 404, error: `nothing is at ${path.slice(0, 200)}`, remedy: 'Open / for the page.' });
