import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INSTANCES } from '../../components/cost/instances.ts';
import { type PodAsk, podPrice } from '../../components/cost/pods.ts';
import { priceList, shippedPrices } from '../../components/cost/price-list.ts';

const PRICES = priceList(shippedPrices());
const REGION = 'eu-west-1';
const GIB = 2 ** 30;
const ask = (given: Partial<PodAsk>): PodAsk => ({ gpus: 0, cpu: 1, memory: GIB, accelerator: undefined, ...given });
const priced = (given: Partial<PodAsk>) => podPrice(ask(given), REGION, PRICES);

describe('the price of a pod', () => {
  test('a whole GPU is a whole node of the family that has it, all month', () => {
    const price = priced({ gpus: 1, cpu: 2, memory: 8 * GIB, accelerator: 'a10g' });
    expect(price).toMatchObject({ instance: 'g5.xlarge', share: 1 });
    expect(price?.monthlyUsd).toBeCloseTo((PRICES.find('ec2.g5.xlarge', REGION)?.usd ?? 0) * 730, 6);
  });

  test('a pod that needs more CPU or memory than its GPU comes with gets a larger node, and pays for all of it', () => {
    expect(priced({ gpus: 1, cpu: 2, memory: 40 * GIB, accelerator: 'a10g' })).toMatchObject({ instance: 'g5.4xlarge', share: 1 });
    expect(priced({ gpus: 4, cpu: 8, memory: 40 * GIB, accelerator: 'a10g' })).toMatchObject({ instance: 'g5.12xlarge', share: 1 });
  });

  test('without a GPU it never lies on a node with one, and a lot of memory goes where memory is cheap', () => {
    expect(priced({ cpu: 1, memory: GIB })?.instance).toMatch(/^c7i/);
    expect(priced({ cpu: 0.5, memory: 12 * GIB })?.instance).toMatch(/^r7i/);
  });

  test('what no node carries, and what nobody knows the price of, has none', () => {
    expect(priced({ cpu: 500 })).toBeNull();
    expect(priced({ gpus: 1, accelerator: 'tpu' })).toBeNull();
    expect(podPrice(ask({}), 'xx-north-9', PRICES)).toBeNull();
  });

  test('more of the same shape never costs less', () => {
    const sizes = fc.record({ cpu: fc.double({ min: 0.05, max: 6, noNaN: true }), memory: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(sizes, fc.double({ min: 1, max: 2, noNaN: true }), ({ cpu, memory }, factor) => {
        const [one, more] = [priced({ cpu, memory: memory * GIB }), priced({ cpu: cpu * factor, memory: memory * GIB * factor })];
        expect(more?.monthlyUsd ?? Infinity).toBeGreaterThanOrEqual((one?.monthlyUsd ?? 0) - 1e-9);
      }),
    );
  });

  test('every size has a price in some region: none is listed in vain', () => {
    expect(INSTANCES.filter(({ type }) => PRICES.regionsOf(`ec2.${type}`).length === 0)).toEqual([]);
  });
});
