/** Answers by question, as text; a question that was left empty or was not asked has none. */
export type Answers = ReadonlyMap<string, string>;

/** One thing that a new file must know: a flag, or a question on a terminal. */
export interface Question {
  /** The flag without its dashes. */
  readonly name: string;
  /** What is asked, and what the help says of the flag. */
  readonly text: string;
  /** Such an answer. */
  readonly example: string;
  /** What nothing given means, on a terminal and without one. */
  readonly usual?: string;
  /** What a terminal offers; without one it must be said. */
  readonly offered?: string;
  /** True: there may be no answer. */
  readonly optional?: boolean;
  /** Another question that makes this one needless once it is answered; one of the two is needed. */
  readonly instead?: string;
  /** What is wrong with an answer and what to write instead; null when it is right. */
  readonly problem: (answer: string, before: Answers) => string | null;
}

/** Whether an answer is needed, after these. */
export function isNeeded(question: Question, answers: Answers): boolean {
  return question.optional !== true && question.usual === undefined && (question.instead === undefined || !answers.has(question.instead));
}
