import { expect, test } from 'vitest';
import { Ledger } from '../../../cli/rehearse/ledger.ts';

const urn = (name: string): string => `urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::${name}`;

test('a fault happens once, to what it is about, and what failed is not there', () => {
  const ledger = new Ledger();
  ledger.arm([{ operation: 'create', urn: urn('b'), message: 'no' }]);
  expect(ledger.begin('create', urn('a'))()).toBe('a-id');
  expect(ledger.begin('create', urn('b'))).toThrow('no');
  expect(ledger.living).toEqual([urn('a')]);
  expect(ledger.begin('create', urn('b'))()).toBe('b-id');
  expect(ledger.armed).toEqual([]);
  expect(ledger.calls.map(({ urn, error }) => [urn, error])).toEqual([
    [urn('a'), null],
    [urn('b'), 'no'],
    [urn('b'), null],
  ]);
});

test('while it is replaced a resource has two ids, and is there until both are deleted', () => {
  const ledger = new Ledger();
  const [old, next] = [ledger.begin('create', urn('a'))(), ledger.begin('create', urn('a'))()];
  expect([old, next]).toEqual(['a-id', 'a-id-2']);
  ledger.begin('delete', urn('a'), old)();
  expect(ledger.living).toEqual([urn('a')]);
  ledger.begin('delete', urn('a'), next)();
  expect(ledger.living).toEqual([]);
});

test('what is not there can be neither updated nor deleted', () => {
  const ledger = new Ledger();
  expect(ledger.begin('update', urn('a'), 'a-id')).toThrow('there is no a-id to update');
  ledger.begin('create', urn('a'))();
  expect(ledger.begin('delete', urn('b'), 'a-id')).toThrow('there is no a-id to delete');
});

test('beginnings and ends have one order, so that overlaps are seen', () => {
  const ledger = new Ledger();
  const [a, b] = [ledger.begin('create', urn('a')), ledger.begin('create', urn('b'))];
  b();
  ledger.take();
  a();
  expect(ledger.calls.map(({ began, ended }) => [began, ended])).toEqual([
    [1, 2],
    [0, 4],
  ]);
});
