import { problemText } from '../../runtime/model/read/problem.ts';
import { readModelFile } from '../../runtime/model/read/read.ts';
import { compileModelCheck } from '../../runtime/model/read/schemas.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';

/** The smallest whole model file. */
export const TEN_LINES = `model: fraud
owner: payments-ml
registry: {version: 8}
serving: {latency: 50ms}
inputs: {amount: numeric, country: categorical}
outputs: {score: probability}
labels: {event: chargeback, delay: 45d}
fallback: {score: 0.02}
rollout: standard
`;

const check = compileModelCheck();

/** The spec of a text that is right; throws with the problems of one that is not. */
export function specOf(text: string): ModelSpec {
  const result = readModelFile('fraud.yaml', text, 'payments', check);
  if (result.kind === 'model') return result.spec;
  throw new Error(result.problems.map(problemText).join('\n'));
}

/** Each problem as `line:column path: problem`, or none. */
export function problemsOf(text: string): readonly string[] {
  const result = readModelFile('fraud.yaml', text, 'payments', check);
  return result.kind === 'model' ? [] : result.problems.map(({ line, column, path, problem }) => `${line}:${column} ${path}: ${problem}`);
}

/** The problems as a person sees them. */
export function textOf(text: string): string {
  const result = readModelFile('tenants/payments/models/fraud.yaml', text, 'payments', check);
  return result.kind === 'model' ? '' : result.problems.map(problemText).join('\n');
}
