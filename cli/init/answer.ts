import { ArgsError } from '../../runtime/errors.ts';
import type { Context } from '../context.ts';
import { type Answers, isNeeded, type Question } from './question.ts';

type Terminal = Pick<Context, 'terminal' | 'ask' | 'note'>;

/**
 * Flags first, then questions on a terminal; null when the person ended it. Throws ArgsError that tells everything that is wrong with
 * flags, and without a terminal everything that is missing, at once.
 */
export async function answersOf(terminal: Terminal, questions: readonly Question[], flags: Answers): Promise<Answers | null> {
  assertRight(questions, flags);
  if (!terminal.terminal) assertWhole(questions, flags);
  const answers = new Map(flags);
  for (const question of questions) {
    if (answers.has(question.name) || (question.instead !== undefined && answers.has(question.instead))) continue;
    const answer = terminal.terminal ? await asked(terminal, question, answers) : (question.usual ?? '');
    if (answer === null) return null;
    if (answer !== '') answers.set(question.name, answer);
  }
  return answers;
}

/** Until it is right. Nothing typed takes what is offered. */
async function asked(terminal: Terminal, question: Question, answers: Answers): Promise<string | null> {
  const offered = question.usual ?? question.offered ?? '';
  const hint = offered === '' ? (isNeeded(question, answers) ? '' : ' (Enter skips it)') : ` [${offered}]`;
  for (;;) {
    const typed = await terminal.ask(`${question.text}${hint}: `);
    if (typed === null) return null;
    const answer = typed === '' ? offered : typed;
    const problem = answer === '' ? whenEmpty(question, answers) : question.problem(answer, answers);
    if (problem === null) return answer;
    terminal.note(`  ${problem}`);
  }
}

const whenEmpty = (question: Question, answers: Answers): string | null => (isNeeded(question, answers) ? 'This one is needed.' : null);

function assertRight(questions: readonly Question[], flags: Answers): void {
  const wrong = questions.flatMap((question) => {
    const given = flags.get(question.name);
    const problem = given === undefined ? null : question.problem(given, flags);
    return problem === null ? [] : [{ flag: `--${question.name}`, problem }];
  });
  const [first, ...others] = wrong;
  if (first === undefined) return;
  const more = others.map(({ flag, problem }) => `\n${flag}  ${problem}`).join('');
  throw new ArgsError(first.flag, `${first.problem}${more}`, 'Nothing was written.');
}

function assertWhole(questions: readonly Question[], answers: Answers): void {
  const missing = questions.filter((question) => !answers.has(question.name) && isNeeded(question, answers));
  if (missing.length === 0) return;
  const flags = missing.map(({ name, instead }) => `--${name}${instead === undefined ? '' : ` (or --${instead})`}`);
  const example = missing.map(({ name, offered, example }) => `--${name} ${offered ?? example}`).join(' ');
  throw new ArgsError(flags.join(', '), missing.length === 1 ? 'is missing' : 'are missing', `Add ${example}, or run it on a terminal to be asked.`);
}
