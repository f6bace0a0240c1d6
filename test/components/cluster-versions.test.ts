import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADDON_PINS } from '../../components/addon-pins.ts';
import { addonPins, EKS_VERSIONS, SUPPORT, supportOf, WARN_DAYS } from '../../components/versions.ts';

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('the support of a version', () => {
  test.each([
    ['1.35', '2026-11-21', { state: 'ok', endsOn: '2027-03-27', days: 126 }],
    ['1.35', '2026-12-27', { state: 'ok', endsOn: '2027-03-27', days: 90 }],
    ['1.35', '2026-12-28', { state: 'warn', endsOn: '2027-03-27', days: 89 }],
    ['1.35', '2027-03-27', { state: 'warn', endsOn: '2027-03-27', days: 0 }],
    ['1.35', '2027-03-28', { state: 'refused', endsOn: '2027-03-27', days: -1 }],
    ['1.34', '2026-11-21', { state: 'warn', endsOn: '2026-12-02', days: 11 }],
    ['1.33', '2026-11-21', { state: 'refused', endsOn: '2026-07-29', days: -115 }],
    ['1.99', '2026-11-21', { state: 'refused', endsOn: null, days: null }],
  ])('of EKS %s on %s', (version, day, support) => {
    expect(supportOf(version, on(day))).toEqual(support);
  });

  test('of another product is its own: no end has been published for Kafka 4.0', () => {
    expect(supportOf('4.0', on('2026-11-21'), 'MSK')).toEqual({ state: 'ok', endsOn: null, days: null });
    expect(supportOf('4.0', on('2026-11-21')).state).toBe('refused');
    expect(supportOf('24', on('2026-11-21'), 'Node.js')).toMatchObject({ state: 'ok', endsOn: '2028-04-30' });
  });

  test('does not depend on the hour, only gets worse, and warns for as long as an upgrade takes', () => {
    const day = fc.date({ min: on('2026-01-01'), max: on('2029-01-01'), noInvalidDate: true });
    const order = ['ok', 'warn', 'refused'];
    fc.assert(
      fc.property(day, day, fc.constantFrom(...EKS_VERSIONS), (one, other, version) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(order.indexOf(supportOf(version, later).state)).toBeGreaterThanOrEqual(order.indexOf(supportOf(version, earlier).state));
        expect(supportOf(version, one)).toEqual(supportOf(version, new Date(one.toISOString().slice(0, 10))));
        const { days, state } = supportOf(version, one);
        expect(state === 'warn').toBe(days !== null && days >= 0 && days < WARN_DAYS);
      }),
    );
  });
});

describe('the table', () => {
  test('says where and when each line was read, and has real dates', () => {
    for (const { source, readOn, endsOn, extendedEndsOn } of SUPPORT) {
      expect(source).not.toBe('');
      expect(readOn).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
      const dates = [endsOn, extendedEndsOn].filter((date) => date !== null);
      expect(dates.map((date) => new Date(date).toISOString().slice(0, 10))).toEqual(dates);
    }
  });

  test('has one line per product and version', () => {
    const keys = SUPPORT.map(({ product, version }) => `${product} ${version}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('knows the add-ons of every version that a cluster can have', () => {
    expect(EKS_VERSIONS).toEqual(['1.36', '1.35', '1.34']);
    expect(Object.keys(ADDON_PINS)).toEqual(expect.arrayContaining([...EKS_VERSIONS]));
  });

  test('pins every add-on of the default version', () => {
    expect(Object.entries(addonPins('1.35')).filter(([, pin]) => !pin.verified)).toEqual([]);
  });

  test.each(EKS_VERSIONS)('%s: kube-proxy is of the same minor version as the cluster', (version) => {
    const pin = addonPins(version)['kube-proxy'];
    expect(pin.version).toMatch(new RegExp(`^v${version.replace('.', '\\.')}\\.`));
  });
});
