import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader, Undecided } from '../../policies/reader.ts';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const SECRET = '4dabf18193072939515e22adb298388d';
const secret = (value: unknown) => ({ [SECRET]: '1b47061264138c4ac30d75fd1eb44270', value });
const sealed = { [SECRET]: '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'AAAB' };

/** What a live pack is handed: reading an unknown throws. */
const proxies: { unknownCheckingProxy: (props: unknown) => unknown } = createRequire(import.meta.url)('@pulumi/policy/proxy');

const PROPS = {
  plain: { list: [{ name: 'a' }, { name: UNKNOWN }], one: { name: 'b' }, text: '12', no: null, off: false },
  late: UNKNOWN,
  hidden: secret({ deep: secret('word') }),
  stored: sealed,
  'a.b/c': { d: 1 },
};

describe.each([
  ['recorded properties', PROPS],
  ['properties of a live pack', proxies.unknownCheckingProxy(PROPS)],
])('of %s', (_, props) => {
  const reader = () => new Reader(props);

  test('a value is known, unknown or missing', () => {
    expect(reader().read('plain.list.0.name')).toEqual({ kind: 'known', value: 'a' });
    expect(reader().read('plain.list.1.name')).toEqual({ kind: 'unknown' });
    expect(reader().read('late.deeper.still')).toEqual({ kind: 'unknown' });
    expect(reader().read('plain.no')).toEqual({ kind: 'missing' });
    expect(reader().read('plain.text.length')).toEqual({ kind: 'missing' });
    expect(reader().read('plain.off')).toEqual({ kind: 'known', value: false });
    expect(reader().read(['a.b/c', 'd'])).toEqual({ kind: 'known', value: 1 });
  });

  test('an unknown is there, though nobody knows it', () => {
    expect([reader().has('late'), reader().has('plain.none')]).toEqual([true, false]);
  });

  test('asking for an unknown leaves the check undecided, and says where', () => {
    const own = reader();
    expect(() => own.in('plain').list('list')[1]?.text('name')).toThrow(Undecided);
    expect(own.undecided).toEqual(['plain.list[1].name']);
  });

  test('an unknown part of a list leaves its other parts decided', () => {
    const own = reader();
    const problems = own.each('plain.list', (item) => item.expect('name', (name) => name === 'z', 'is not z'));
    expect(problems).toEqual([{ path: 'plain.list[0].name', problem: 'is not z' }]);
    expect(own.undecided).toEqual(['plain.list[1].name']);
  });

  test('a single value is a list of one, and what is missing a list of none', () => {
    expect(reader().list('plain.one')).toHaveLength(1);
    expect(reader().list('plain.none')).toEqual([]);
    expect(reader().texts('plain.text')).toEqual(['12']);
  });

  test('digits in a text are a number', () => {
    expect(reader().number('plain.text')).toBe(12);
  });
});

test('secrets are read inside of their envelopes, at every depth, and what a state has sealed is unknown', () => {
  const reader = new Reader(PROPS);
  expect(reader.text('hidden.deep')).toBe('word');
  expect(reader.read('stored')).toEqual({ kind: 'unknown' });
});

test('nothing that JSON can hold makes a reader fail in another way than undecided', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'length', '0')), { maxLength: 4 }),
      (value, path) => {
        const reader = new Reader(value);
        expect(['known', 'unknown', 'missing']).toContain(reader.read(path).kind);
        expect(reader.list(path)).toBeInstanceOf(Array);
        expect(reader.keys(path)).toBeInstanceOf(Array);
      },
    ),
  );
});

test('what every object inherits is no property of a resource', () => {
  expect(new Reader({}).read('constructor.name')).toEqual({ kind: 'missing' });
});
