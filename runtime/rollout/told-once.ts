import { messageOf } from '../errors.ts';
import { Conflict } from '../objects/port.ts';

/** Passes errors on, each once while it lasts: one that comes back after a tick without it is told again. */
export interface ToldOnce {
  report(error: unknown): void;
  /** To be called at the end of each tick. */
  endTick(): void;
}

export function toldOnce(tell: (message: string) => void): ToldOnce {
  let before = new Set<string>();
  let now = new Set<string>();
  return {
    report(error) {
      if (error instanceof Conflict) return; // somebody wrote between our read and our write: the next tick reads what they wrote
      const message = messageOf(error);
      if (!before.has(message) && !now.has(message)) tell(message);
      now.add(message);
    },
    endTick() {
      before = now;
      now = new Set();
    },
  };
}
