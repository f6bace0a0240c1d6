import type { World } from '../../../cli/graph/node.ts';
import { type Place, plausibleState } from '../../../cli/graph/world.ts';

/** Where the stand-in cloud is; nothing of it exists. */
export const PLACE: Place = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };

/** A stand-in cloud that remembers what it made up: the form of such a value says nothing of the program. */
export interface StandInCloud {
  readonly state: NonNullable<World['state']>;
  /** Texts that it answered beyond the inputs, filled while a program is recorded; the recorder's own ids, `<name>-id`, too. */
  readonly answered: ReadonlySet<string>;
}

export function standInCloud(place: Place = PLACE): StandInCloud {
  const answer = plausibleState(place);
  const answered = new Set<string>();
  const state: StandInCloud['state'] = (resource) => {
    const made = answer(resource);
    remember(made, answered);
    answered.add(`${resource.name}-id`);
    return made;
  };
  return { state, answered };
}

function remember(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) remember(inner, into);
}
