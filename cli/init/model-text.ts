import { yamlLines } from '../yaml-lines.ts';
import { fallbackValues, pairs } from './parts.ts';
import type { Answers } from './question.ts';

/**
 * A model file of at most ten lines. The answers are checked. It names no rollout: the profile's own is right, standard in a cluster and one of
 * seconds on one machine.
 */
export function modelText(name: string, answers: Answers): string {
  const gpu = answers.get('gpu') ?? 'none';
  const label = Object.entries(fields(answers.get('label')) ?? {})[0];
  const fallback = answers.get('fallback');
  const service = answers.get('features');
  return yamlLines({
    model: name,
    owner: answers.get('owner'),
    registry: { version: versionOf(answers.get('version') ?? '1') },
    serving: { latency: answers.get('latency'), ...(gpu === 'none' ? {} : { gpu }) },
    features: service === undefined ? undefined : { service },
    inputs: fields(answers.get('inputs')),
    outputs: fields(answers.get('outputs')),
    labels: label === undefined ? undefined : { event: label[0], delay: label[1] },
    fallback: fallback === undefined ? undefined : fallbackValues(fallback, answers.get('outputs') ?? ''),
  });
}

/** Only whole numbers are numbers: 1.10 is another version than 1.1. */
const versionOf = (text: string): number | string => (/^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text);

function fields(answer: string | undefined): Readonly<Record<string, string>> | undefined {
  const given = answer === undefined ? undefined : pairs(answer, ':');
  if (typeof given === 'string') throw new Error(`"${answer}" was checked and is wrong: ${given}`);
  return given;
}
