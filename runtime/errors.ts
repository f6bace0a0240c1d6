/**
 * A mistake of the person or program that called, never of Weir: shown without a stack.
 * `path` names the place (a file with line and column, a setting, a request field), `problem` the value and what is wrong
 * with it, `remedy` what to do next.
 */
export class ArgsError extends Error {
  override readonly name = 'ArgsError';
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(path: string, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${path}  ${problem}\n  ${remedy}`, options);
    this.path = path;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for an error of Node's that carries this code (`ENOENT`, `ENOSPC`, …). */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
