import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Of } from '../runtime/canonical-json.ts';

describe('canonical JSON', () => {
  test('members are sorted by code units at every depth and nothing is padded', () => {
    expect(canonicalJson({ b: [1, { z: null, a: 'x' }], a: true, '\u20ac': 1, '\r': 2, '\u{1f600}': 3, '\ufb33': 4 })).toBe(
      '{"\\r":2,"a":true,"b":[1,{"a":"x","z":null}],"\u20ac":1,"\u{1f600}":3,"\ufb33":4}',
    );
  });

  test('numbers are spelled as RFC 8785 spells them', () => {
    expect(canonicalJson([JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  test('what JSON cannot carry is refused with its place', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, '\ud800', undefined, new Date(0), new Map()]) {
      expect(() => canonicalJson({ a: [bad] })).toThrow(/^\$\.a\[0\]: /);
    }
  });

  test('it reads back as the same value and the order of members changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  test('sha256Of names the algorithm and hashes UTF-8', () => {
    const known = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Of('abc')).toBe(known);
    expect(sha256Of(new Uint8Array([97, 98, 99]))).toBe(known);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
