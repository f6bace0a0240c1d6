import { yamlLines } from '../yaml-lines.ts';
import { list, scalar } from './parts.ts';
import type { Answers } from './question.ts';

/** A tenant file of about eight lines. The answers are checked. */
export function tenantText(name: string, answers: Answers): string {
  const slack = answers.get('slack');
  const developers = list(answers.get('developers') ?? '');
  const operators = list(answers.get('operators') ?? '');
  return yamlLines({
    tenant: name,
    owner: answers.get('owner'),
    contacts: { email: answers.get('email'), ...(slack === undefined ? {} : { slack }) },
    groups: { developers, operators: operators.length === 0 ? developers : operators }, // without operators nobody could stop a rollout
    dataClass: answers.get('data-class'),
    quota: { gpus: scalar(answers.get('gpus') ?? '0') },
    budget: { monthly: scalar(answers.get('budget') ?? '1000') },
  });
}
