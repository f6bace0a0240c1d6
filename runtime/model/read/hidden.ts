import { membersOf } from '../layers/normal.ts';
import type { ModelFile } from '../model-file.ts';
import { atValue, type Finding, type Path } from './locate.ts';

/** What the normal form of a model file would hide: two items of one name in a list of fields, a range of members that says nothing. */
export function hiddenByForm({ inputs, outputs, features, serving }: ModelFile): readonly Finding[] {
  return [
    ...twice(['inputs'], inputs),
    ...twice(['outputs'], outputs),
    ...twice(['features', 'fields'], features?.fields),
    ...badRange(['serving', 'family', 'members'], serving?.family?.members),
  ];
}

function twice(path: Path, fields: ModelFile['inputs']): readonly Finding[] {
  if (!Array.isArray(fields)) return [];
  const seen = new Set<string>();
  return fields.flatMap(({ name }: { readonly name: string }, index) => {
    const repeated = seen.has(name);
    seen.add(name);
    return repeated ? [atValue([...path, index, 'name'], `"${name}" is used twice`, 'Give one of the two another name.')] : [];
  });
}

const MOST_MEMBERS = 1_000;

function badRange(path: Path, members: NonNullable<NonNullable<ModelFile['serving']>['family']>['members'] | undefined): readonly Finding[] {
  if (typeof members !== 'string') return [];
  const [, first = '', last = ''] = /\[(\d+)-(\d+)\]/.exec(members) ?? [];
  const wrong = (problem: string, remedy: string): readonly Finding[] => [atValue(path, problem, remedy)];
  if (first.length !== last.length)
    return wrong(`${first} and ${last} are not of equal length`, `Write the first one as ${first.padStart(last.length, '0')}.`);
  if (Number(first) > Number(last)) return wrong(`the range runs backwards, from ${first} to ${last}`, 'Swap the two numbers.');
  const names = membersOf(members);
  if (names.length > MOST_MEMBERS) return wrong(`a range of ${names.length} members`, `A family has at most ${MOST_MEMBERS}.`);
  return members.endsWith('-') ? wrong('the names would end in a dash', 'Leave the dash at the end out.') : [];
}
