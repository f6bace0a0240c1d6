import { expect, test } from 'vitest';
import { valkeyAuthenticated } from '../../../policies/rules/data/valkey-authenticated.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

test('a password does as well as users, whether it is known yet or not', () => {
  expect(foundIn(valkeyAuthenticated, changed(valkeyAuthenticated.fail, { path: 'authToken', to: UNKNOWN }))).toEqual([]);
});

test('no group of users is none', () => {
  expect(foundIn(valkeyAuthenticated, changed(valkeyAuthenticated.pass, { path: 'userGroupIds', to: [] }))).toEqual(['example userGroupIds']);
});

test('a group that the same up makes is one', () => {
  expect(foundIn(valkeyAuthenticated, changed(valkeyAuthenticated.pass, { path: 'userGroupIds', to: [UNKNOWN] }))).toEqual([]);
});
