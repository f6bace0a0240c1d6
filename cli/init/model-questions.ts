import type { SchemaCheck } from '../../runtime/model/read/schema-check.ts';
import { fieldProblem, type SectionCheck, sectionCheck } from './field-problem.ts';
import { fallbackValues, pairs } from './parts.ts';
import type { Question } from './question.ts';

const LEAST = { model: 'new', owner: 'team', registry: { version: 1 }, outputs: { score: 'probability' } };

/** What a new model file must know, in the order of the file. `owner`: of the tenant, when it has a file. */
export function modelQuestions(check: SchemaCheck, owner: string | null): readonly Question[] {
  const right = sectionCheck(check, LEAST);
  return [...servingQuestions(right, owner), ...dataQuestions(check, right)];
}

function servingQuestions(right: SectionCheck, owner: string | null): readonly Question[] {
  return [
    {
      name: 'owner',
      text: 'the team that is told when something happens to it',
      example: 'payments-ml',
      ...(owner === null ? {} : { usual: owner }),
      problem: right('owner', (answer) => answer),
    },
    { name: 'version', text: 'its version in the registry', example: '8', usual: '1', problem: right('registry', (version) => ({ version })) },
    {
      name: 'latency',
      text: 'the longest that a caller waits for the whole answer',
      example: '50ms',
      offered: '100ms',
      problem: right('serving', (latency) => ({ latency })),
    },
    {
      name: 'gpu',
      text: 'how it uses GPUs: none, fraction (of a shared pool) or whole',
      example: 'fraction',
      usual: 'none',
      problem: right('serving', (gpu) => ({ gpu })),
    },
  ];
}

function dataQuestions(check: SchemaCheck, right: SectionCheck): readonly Question[] {
  return [
    {
      name: 'features',
      text: 'the feature service that gives its inputs, if callers do not send them',
      example: 'fraud_v3',
      optional: true,
      problem: right('features', (service) => ({ service })),
    },
    {
      name: 'inputs',
      text: 'what a request carries, as name:kind,name:kind (numeric, categorical, text, …)',
      example: 'amount:numeric,country:categorical',
      instead: 'features',
      problem: fields(check, 'inputs'),
    },
    {
      name: 'outputs',
      text: 'what it answers, as name:kind',
      example: 'score:probability',
      offered: 'score:probability',
      problem: fields(check, 'outputs'),
    },
    {
      name: 'label',
      text: 'the truth that arrives later, as event:delay',
      example: 'chargeback:45d',
      optional: true,
      problem: (answer) => labelProblem(check, answer),
    },
    {
      name: 'fallback',
      text: 'what callers get when it is late or down, as output=value',
      example: 'score=0.02',
      optional: true,
      problem: (answer, before) => fallbackProblem(check, answer, before.get('outputs') ?? ''),
    },
  ];
}

function fields(check: SchemaCheck, section: string): (answer: string) => string | null {
  return (answer) => {
    const given = pairs(answer, ':');
    return typeof given === 'string'
      ? `${given}; write ${section === 'inputs' ? 'amount:numeric,country:categorical' : 'score:probability'}`
      : fieldProblem(check, LEAST, section, given);
  };
}

function labelProblem(check: SchemaCheck, answer: string): string | null {
  const given = pairs(answer, ':');
  const [label, ...others] = typeof given === 'string' ? [] : Object.entries(given);
  if (label === undefined || others.length > 0) return `"${answer}" is not event:delay; write chargeback:45d`;
  return fieldProblem(check, LEAST, 'labels', { event: label[0], delay: label[1] });
}

function fallbackProblem(check: SchemaCheck, answer: string, outputs: string): string | null {
  const values = fallbackValues(answer, outputs);
  return typeof values === 'string' ? values : fieldProblem(check, LEAST, 'fallback', values);
}
