import { RULES } from '../../policies/catalogue.ts';
import type { Rule } from '../../policies/rule.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { nearest } from '../../runtime/model/read/suggest.ts';

/** The rule of this id, or of a public id that one rule alone has: `CKV_AWS_39`. @throws ArgsError naming the nearest */
export function findRule(given: string): Rule {
  const found =
    RULES.find(({ id }) => id === given) ?? onlyOne(RULES.filter(({ ids }) => ids.some((id) => id.toLowerCase() === given.toLowerCase())));
  if (found !== undefined) return found;
  const several = RULES.filter(({ ids }) => ids.some((id) => id.toLowerCase() === given.toLowerCase())).map(({ id }) => id);
  if (several.length > 1) throw new ArgsError(given, `is part of ${several.length} rules`, `Name one: ${several.join(', ')}.`);
  const names = RULES.map(({ id }) => id);
  const meant = given === '' ? null : (nearest(given, names) ?? names.find((id) => id.startsWith(given)) ?? null);
  throw new ArgsError(
    given === '' ? 'an empty name' : given,
    'is no rule',
    meant === null ? '`weir policy list` names them.' : `Did you mean ${meant}? \`weir policy list\` names all.`,
  );
}

const onlyOne = (rules: readonly Rule[]): Rule | undefined => (rules.length === 1 ? rules[0] : undefined);
