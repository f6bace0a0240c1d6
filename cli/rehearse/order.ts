import type { Call } from './ledger.ts';
import type { StateResource } from './state.ts';
import { topicOf, wordsOf } from './urn.ts';

/** A topic's turn among the others. */
export interface Turn {
  readonly topic: string;
  readonly resources: number;
}

/** Topics in the order in which their first resource was made. */
export function creationOrder(calls: readonly Call[]): readonly Turn[] {
  return turns(succeeded(calls, 'create').sort((a, b) => a.began - b.began));
}

/** Topics in the order in which their last resource went. */
export function deletionOrder(calls: readonly Call[]): readonly Turn[] {
  return turns(succeeded(calls, 'delete').sort((a, b) => b.ended - a.ended)).toReversed();
}

/**
 * Pairs that were done in the wrong order, in words: what is needed by another must be there before it begins to be made, and stay until it is gone.
 * What no provider was asked about (components, retained resources) passes its own needs on.
 */
export function wrongOrder(operation: 'create' | 'delete', calls: readonly Call[], state: readonly StateResource[]): readonly string[] {
  const byUrn = new Map(state.map((resource) => [resource.urn, resource]));
  const done = new Map(succeeded(calls, operation).map((call) => [call.urn, call]));
  return [...done.values()].flatMap((call) =>
    [...askedNeeds(call.urn, { byUrn, done })].flatMap((needed) => {
      const other = done.get(needed);
      if (other === undefined) return [];
      const right = operation === 'create' ? other.ended < call.began : call.ended < other.began;
      if (right) return [];
      return operation === 'create'
        ? [`${wordsOf(call.urn)} was begun before ${wordsOf(needed)}, which it needs, was there`]
        : [`${wordsOf(needed)} began to go before ${wordsOf(call.urn)}, which needs it, was gone`];
    }),
  );
}

interface Known {
  readonly byUrn: ReadonlyMap<string, StateResource>;
  readonly done: ReadonlyMap<string, Call>;
}

/** The nearest needs that a provider was asked about. */
function askedNeeds(urn: string, known: Known, seen = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>();
  for (const needed of known.byUrn.get(urn)?.needs ?? []) {
    if (seen.has(needed)) continue;
    seen.add(needed);
    if (known.done.has(needed)) found.add(needed);
    else for (const further of askedNeeds(needed, known, seen)) found.add(further);
  }
  return found;
}

const succeeded = (calls: readonly Call[], operation: Call['operation']): Call[] =>
  calls.filter((call) => call.operation === operation && call.error === null);

function turns(calls: readonly Call[]): readonly Turn[] {
  const counts = new Map<string, number>();
  for (const { urn } of calls) counts.set(topicOf(urn), (counts.get(topicOf(urn)) ?? 0) + 1);
  return [...counts].map(([topic, resources]) => ({ topic, resources }));
}
