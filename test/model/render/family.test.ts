import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { internalName, memberName } from '../../../runtime/model/render/family.ts';
import { digestOf } from './models.ts';
import { aMember } from './pool-models.ts';

const SEVEN = { version: '7', digest: digestOf('4') };

/** What Triton makes a folder of, and a path of its API: no separator, nothing hidden, a file system's 255 bytes. */
const LEGAL = /^[A-Za-z][A-Za-z0-9._-]{0,254}$/;

const short = fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/);
const dashed = fc.array(fc.constantFrom('a', 'v', '1', '-'), { minLength: 1, maxLength: 10 }).map((letters) => `m${letters.join('')}z`);
const name = fc.oneof(short, dashed, fc.constant('m'.repeat(50)), fc.constant(`m${'-'.repeat(48)}z`));
const version = fc.oneof(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/), fc.constantFrom('7', '7--v8', '1.2', 'b--v7', `9${'-'.repeat(62)}`));

/** A member of a family, or a model that is none (null). */
const member = fc.option(name);

function nameOf(model: string, member: string | null, version: string): string {
  const family = member === null ? {} : { family: { header: 'x-member', members: [member] } };
  const internal = internalName(aMember(model, { serving: family }), { version, digest: digestOf('4') });
  return member === null ? internal : memberName(internal, member);
}

describe('what Triton calls a version', () => {
  test('a model, a version, and the beginning of its digest', () => {
    expect(internalName(aMember('fraud'), SEVEN)).toBe('fraud--v7-44444444');
  });

  test('a version of the same number with other files has another name', () => {
    expect(internalName(aMember('fraud'), { version: '7', digest: digestOf('5') })).toBe('fraud--v7-55555555');
  });

  test('each member of a family has its own', () => {
    const family = internalName(aMember('eta', { serving: { family: { header: 'x-city', members: ['berlin', 'sao--paulo'] } } }), SEVEN);
    expect(family).toBe('eta.*--v7-44444444');
    expect(memberName(family, 'berlin')).toBe('eta.berlin--v7-44444444');
    expect(memberName(family, 'sao--paulo')).toBe('eta.sao-_paulo--v7-44444444');
  });

  test('is a legal folder and path for any model, member and version', () => {
    fc.assert(
      fc.property(name, member, version, (model, member, version) => {
        expect(nameOf(model, member, version)).toMatch(LEGAL);
      }),
    );
  });

  test('is never shared by two models, members or versions', () => {
    const named = fc.tuple(name, member, version);
    fc.assert(
      fc.property(named, named, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(nameOf(...one)).not.toBe(nameOf(...other));
      }),
      { numRuns: 5_000 },
    );
  });

  test('has as many names as members, from one to a thousand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (count) => {
        const members = Array.from({ length: count }, (_, index) => `district-${index}`);
        const family = internalName(aMember('eta', { serving: { family: { header: 'x-district', members } } }), SEVEN);
        expect(new Set(members.map((member) => memberName(family, member))).size).toBe(count);
      }),
      { numRuns: 20 },
    );
  });
});
