import { secondsOf } from '../duration.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, ownFirst, type Subject, timeText } from './subject.ts';

/**
 * What gateway, proxy and network take of a budget, in seconds: the allowance that a limit must leave beside batching, features and compute.
 * The example of 70-experience ("at least 30ms" for 15ms of batching and 11ms of compute) holds the same.
 */
export const PROXY_SECONDS = 0.004;

const LATENCY: Path = ['serving', 'latency'];
const DELAY: Path = ['serving', 'batching', 'delay'];

/** The latency budget: that there is one, and that it can be met. */
export function checkLatency(subject: Subject): readonly Finding[] {
  const { serving, pattern, slo } = subject.model;
  const asked = pattern === 'online' || pattern === 'async';
  if (serving.latency === undefined) {
    return asked ? [atKey(LATENCY, 'is missing', `Add serving: {latency: 50ms}: callers of an ${pattern} model wait for it.`)] : [];
  }
  const budget = secondsOf(serving.latency);
  const said = (): string => `${serving.latency}${from(subject, LATENCY)}`;
  if (budget <= 0) return [atValue(LATENCY, `${said()} leaves no time to answer`, 'Give what callers can wait for, such as 50ms')];
  if (budget > 60) return [atValue(LATENCY, `${said()} is longer than a caller's connection is kept`, 'Give at most 60s.')];
  const seconds: Path = ['slo', 'latency', 'seconds'];
  if (slo.latency.seconds > budget + 1e-9) {
    const problem = `${slo.latency.seconds}${from(subject, seconds)} is later than the whole budget (serving.latency ${serving.latency})`;
    return [atValue(ownFirst(subject, seconds, LATENCY), problem, 'Lower it, or raise serving.latency.')];
  }
  return asked ? checkReachable(subject, budget) : [];
}

/** One part of the way to an answer. */
interface Part {
  readonly seconds: number;
  readonly text: string;
  /** How it could be shortened. */
  readonly path: Path;
}

function checkReachable(subject: Subject, budget: number): readonly Finding[] {
  const { serving } = subject.model;
  const parts = partsOf(subject).filter(({ seconds }) => seconds > 0);
  const sum = parts.reduce((total, { seconds }) => total + seconds, 0);
  if (parts.length === 0 || sum + PROXY_SECONDS <= budget + 1e-9) return [];
  const problem = `${serving.latency}${from(subject, LATENCY)} cannot be met: ${joined(parts.map(({ text, path }) => `${text}${path === DELAY ? from(subject, path) : ''}`))}`;
  const place = ownFirst(subject, LATENCY, ...parts.map(({ path }) => path));
  return [atValue(place, problem, remedyOf(parts, sum, budget))];
}

function partsOf(subject: Subject): readonly Part[] {
  const { serving, features, traffic } = subject.model;
  const delay = secondsOf(serving.batching.delay);
  const compute = traffic?.compute === undefined ? 0 : secondsOf(traffic.compute);
  const read = features === undefined ? 0 : secondsOf(features.timeout);
  const waits = { seconds: delay, text: `batching waits up to ${serving.batching.delay}`, path: DELAY };
  return [
    ...(features === undefined ? [] : [{ seconds: read, text: `features may take ${features.timeout}`, path: ['features', 'timeout'] }]),
    ...(serving.engine === 'triton' ? [waits] : []),
    { seconds: compute, text: `the model took ${timeText(compute)} at p95 when it was registered`, path: ['traffic', 'compute'] },
  ];
}

/** The waiting that would still fit, or the budget that all of it needs. */
function remedyOf(parts: readonly Part[], sum: number, budget: number): string {
  const enough = `a latency of at least ${timeText(Math.ceil((sum + PROXY_SECONDS) * 1000 - 1e-6) / 1000)}`;
  const waiting = parts.find(({ path }) => path === DELAY);
  const left = waiting === undefined ? 0 : Math.floor((budget - PROXY_SECONDS - (sum - waiting.seconds)) * 1000 + 1e-6) / 1000;
  const overhead = `gateway and proxy take ${timeText(PROXY_SECONDS)} of it`;
  return left > 0 ? `set batching.delay <= ${timeText(left)}, or ${enough} (${overhead})` : `set ${enough} (${overhead})`;
}

const joined = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
