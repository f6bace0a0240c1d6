/** What is wrong with a file of a person, where, and what to do: the form of 70-experience, "A mistake". */
export interface Problem {
  /** Default `error`. A warning alone fails no check. */
  readonly level?: 'error' | 'warning';
  /** The file as the person named it. */
  readonly file: string;
  /** From 1. Column in characters, as editors count. */
  readonly line: number;
  readonly column: number;
  /** The place in the file's own words: `serving.latency`, `labels[0].delay`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, with the value. */
  readonly problem: string;
  /** What to do next. */
  readonly remedy: string;
  /** The known word that was probably meant. */
  readonly suggestion: string | null;
  /** The source line and how many characters the carets mark; null when the file has no such line. */
  readonly source: { readonly text: string; readonly length: number } | null;
}

/** By file, line and column, each once. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(
    problems.map((problem) => [`${problem.file}\n${problem.line}:${problem.column}\n${problem.path}\n${problem.problem}`, problem]),
  );
  return [...unique.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.path, b.path) || compare(a.problem, b.problem),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One problem as two to four lines of text, without a line break at the end. */
export function problemText(problem: Problem): string {
  const { file, line, column, path, source, suggestion } = problem;
  const said = `${problem.level === 'warning' ? 'warning: ' : ''}${problem.problem}`;
  const head = printable([`${file}:${line}:${column}`, path, said].filter((part) => part !== '').join('  '));
  const lines = [head];
  const hint = printable(suggestion === null ? problem.remedy : `did you mean "${suggestion}"? ${problem.remedy}`);
  if (source !== null) {
    const shown = crop(source.text, column - 1, source.length);
    lines.push(`${String(line).padStart(5)} | ${shown.text}`);
    lines.push(`      | ${' '.repeat(shown.at)}${'^'.repeat(shown.length)}${suggestion === null ? '' : `  ${hint}`}`);
  }
  if (source === null || suggestion === null) lines.push(`      | ${hint}`);
  return lines.join('\n');
}

/** Control characters of a file must not reach the terminal; each becomes one visible character, so that the carets fit. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => (character === '\t' ? ' ' : '\u{fffd}'));

/** A terminal's width less the margin; longer lines are cut around the carets, and `…` says so. */
const SHOWN = 110;

function crop(line: string, at: number, length: number): { readonly text: string; readonly at: number; readonly length: number } {
  const text = printable(line);
  if (text.length <= SHOWN) return { text, at, length: Math.max(1, Math.min(length, text.length - at)) };
  const start = Math.max(0, Math.min(at - 20, text.length - SHOWN));
  const end = Math.min(text.length, start + SHOWN);
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  const shownAt = at - start + before.length;
  return { text: before + text.slice(start, end) + after, at: shownAt, length: Math.max(1, Math.min(length, end - at)) };
}
