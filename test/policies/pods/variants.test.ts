import { expect, test } from 'vitest';
import { RULES } from '../../../policies/catalogue.ts';
import type { Rule } from '../../../policies/rule.ts';
import { foundIn } from '../parts.ts';
import { VARIANTS } from './variants.ts';

const ADMITTED: readonly Rule[] = RULES.filter(({ admission }) => admission !== undefined).map((rule) => ({ ...rule, scope: 'any' }));

test.each(VARIANTS)('$name: $breaks', ({ object, breaks }) => {
  expect(ADMITTED.filter((rule) => foundIn(rule, [{ props: object }]).length > 0).map(({ id }) => id)).toEqual(breaks);
});

test('each rule that the API server holds finds nothing in what another calls bad', () => {
  const crossed = ADMITTED.map((rule) => [rule.id, ADMITTED.filter((other) => foundIn(other, rule.fail).length > 0).map(({ id }) => id)]);
  expect(crossed).toEqual(ADMITTED.map(({ id }) => [id, [id]]));
});
