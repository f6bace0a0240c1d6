import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertInjection, INJECTION_NAMES, readInjections, viewInjections, writeInjection } from '../../runtime/local/injections.ts';

let state = '';
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'weir-injections-'));
});
afterEach(() => rmSync(state, { recursive: true }));

test('injections outlive the process that switched them on', () => {
  writeInjection(state, 'km', true);
  writeInjection(state, 'slow', true);
  writeInjection(state, 'km', false);
  expect(readInjections(state)).toEqual(['slow']);
  expect(
    viewInjections(readInjections(state), true)
      .filter(({ active }) => active)
      .map(({ name }) => name),
  ).toEqual(['slow']);
});

test('an unknown injection is refused with the list of those that exist', () => {
  expect(() => assertInjection('miles')).toThrow(`injection  "miles" is not one\n  Use one of: ${INJECTION_NAMES.join(', ')}.`);
});
