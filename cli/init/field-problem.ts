import type { SchemaCheck } from '../../runtime/model/read/schema-check.ts';

/** What the schema says of one section of a file, in its own words; null when it is right. `least`: the rest of a right file. */
export function fieldProblem(check: SchemaCheck, least: Readonly<Record<string, unknown>>, section: string, data: unknown): string | null {
  const finding = check({ ...least, [section]: data }).find(({ path }) => path[0] === section);
  if (finding === undefined) return null;
  const { problem, remedy, suggestion } = finding;
  return suggestion === undefined ? `${problem}: ${remedy}` : `${problem}: did you mean "${suggestion}"? ${remedy}`;
}

/** Makes the check of one question: its answer, made into data, as this section of a file. */
export type SectionCheck = (section: string, data: (answer: string) => unknown) => (answer: string) => string | null;

export function sectionCheck(check: SchemaCheck, least: Readonly<Record<string, unknown>>): SectionCheck {
  return (section, data) => (answer) => fieldProblem(check, least, section, data(answer));
}

/** Compiles at the first use: every start of `weir` makes every command, and compiling takes tens of milliseconds. */
export function lazyCheck(compile: () => SchemaCheck): SchemaCheck {
  let compiled: SchemaCheck | null = null;
  return (data) => {
    compiled ??= compile();
    return compiled(data);
  };
}
