import type { SchemaCheck } from '../../runtime/model/read/schema-check.ts';
import { type SectionCheck, sectionCheck } from './field-problem.ts';
import { list, scalar } from './parts.ts';
import type { Question } from './question.ts';

const LEAST = { tenant: 'new', owner: 'team', contacts: { email: 'team@example.com' }, groups: {} };

/** What a new tenant file must know, in the order of the file. */
export function tenantQuestions(check: SchemaCheck): readonly Question[] {
  const right = sectionCheck(check, LEAST);
  return [...peopleQuestions(right), ...limitQuestions(right)];
}

function peopleQuestions(right: SectionCheck): readonly Question[] {
  return [
    { name: 'owner', text: 'the team that answers for the tenant', example: 'payments-ml', problem: right('owner', (owner) => owner) },
    { name: 'email', text: 'an address that is read', example: 'payments-ml@example.com', problem: right('contacts', (email) => ({ email })) },
    {
      name: 'slack',
      text: 'a Slack channel for messages, with its #',
      example: '"#payments-ml"',
      optional: true,
      problem: right('contacts', (slack) => ({ ...LEAST.contacts, slack })),
    },
    {
      name: 'developers',
      text: 'groups of the identity provider that may see everything, with commas between',
      example: 'payments-ml',
      problem: right('groups', (developers) => ({ developers: list(developers) })),
    },
    {
      name: 'operators',
      text: 'groups that may also abort, promote and unlock rollouts (default: the developers)',
      example: 'payments-oncall',
      optional: true,
      problem: right('groups', (operators) => ({ operators: list(operators) })),
    },
  ];
}

function limitQuestions(right: SectionCheck): readonly Question[] {
  return [
    {
      name: 'data-class',
      text: 'its most delicate data: public, internal, confidential or restricted',
      example: 'confidential',
      usual: 'internal',
      problem: right('dataClass', (dataClass) => dataClass),
    },
    {
      name: 'gpus',
      text: 'the most GPUs it may have at once',
      example: '4',
      usual: '0',
      problem: right('quota', (gpus) => ({ gpus: scalar(gpus) })),
    },
    {
      name: 'budget',
      text: 'what it may cost a month, in USD',
      example: '5000',
      usual: '1000',
      problem: right('budget', (monthly) => ({ monthly: scalar(monthly) })),
    },
  ];
}
