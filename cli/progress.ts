import type { Context } from './context.ts';

/** Before this nobody wonders. */
const FIRST_MILLISECONDS = 2_000;
const NEXT_MILLISECONDS = 10_000;

/**
 * Counts what is done, and says so on standard error: on a terminal from two seconds on, then every ten; in logs every ten.
 * @param what `files read`, after the number.
 */
export function countProgress({ now, note, terminal }: Pick<Context, 'now' | 'note' | 'terminal'>, what: string): () => void {
  let done = 0;
  let next = now() + (terminal ? FIRST_MILLISECONDS : NEXT_MILLISECONDS);
  return () => {
    done++;
    if (now() < next) return;
    next = now() + NEXT_MILLISECONDS;
    note(`${done.toLocaleString('en')} ${what} …`);
  };
}
