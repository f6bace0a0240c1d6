import type { Run } from './engine.ts';
import { wordsOf } from './urn.ts';

/** How a part of a rehearsal went. */
export interface Outcome {
  /** What happened, a sentence each. */
  readonly said: readonly string[];
  /** What should not have happened, a sentence each. */
  readonly findings: readonly string[];
}

export interface Phase extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

/** Steps by what was done: `{ create: 12, update: 1 }`. */
export function countsOf({ steps }: Pick<Run, 'steps'>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { op } of steps) counts[op] = (counts[op] ?? 0) + 1;
  return counts;
}

/** `12 created, 1 updated`; of a preview `12 to create`. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([op, count]) => `${count} x ${op}`);
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

/** Why a run failed, as the engine told it; all that it printed when it told nothing. */
export function reasonsOf({ diagnostics, output }: Pick<Run, 'diagnostics' | 'output'>): readonly string[] {
  const errors = diagnostics.filter(({ severity, message }) => severity === 'error' && message !== 'update failed' && message !== 'preview failed');
  if (errors.length === 0) return [output.trim().slice(-2_000)];
  return errors.map(({ urn, message }) => (urn === '' ? message : `${wordsOf(urn)}: ${message}`));
}

/** The first few, and how many more there are: nothing is cut without saying so. */
export function some(items: readonly string[], limit = 5): readonly string[] {
  return items.length <= limit ? items : [...items.slice(0, limit), `and ${items.length - limit} more (--json lists all)`];
}
