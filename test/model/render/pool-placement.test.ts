import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenPods, copiesOf } from '../../../runtime/model/render/pool-placement.ts';
import { aMember, POOL } from './pool-models.ts';

const pod = (address: string) => ({ address });
const podsOf = (count: number) => Array.from({ length: count }, (_, index) => pod(`10.20.${index >> 8}.${index & 255}`));

const address = fc.ipV4().map(pod);
const pods = fc.uniqueArray(address, { minLength: 1, maxLength: 30, selector: ({ address }) => address });
const model = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
const count = fc.integer({ min: 1, max: 8 });

describe('the pods that hold a model', () => {
  test('are as many as asked for, or all there are, whatever order they are listed in', () => {
    fc.assert(
      fc.property(model, pods, count, (model, pods, count) => {
        const chosen = chosenPods(model, pods, count);
        expect(chosen).toHaveLength(Math.min(count, pods.length));
        expect(pods).toEqual(expect.arrayContaining([...chosen]));
        expect(chosenPods(model, pods.toReversed(), count)).toEqual(chosen);
      }),
    );
  });

  test('stay when another pod comes, but for the one it takes the place of', () => {
    fc.assert(
      fc.property(model, pods, address, count, (model, pods, coming, count) => {
        fc.pre(pods.every(({ address }) => address !== coming.address));
        const before = chosenPods(model, pods, count);
        const after = chosenPods(model, [...pods, coming], count);
        const left = before.filter((pod) => !after.includes(pod));
        expect(after.filter((pod) => !before.includes(pod))).toEqual(after.includes(coming) ? [coming] : []);
        expect(left.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('stay when a pod goes that does not hold the model', () => {
    fc.assert(
      fc.property(model, pods, count, (model, pods, count) => {
        const chosen = chosenPods(model, pods, count);
        for (const going of pods.filter((pod) => !chosen.includes(pod))) {
          expect(
            chosenPods(
              model,
              pods.filter((pod) => pod !== going),
              count,
            ),
          ).toEqual(chosen);
        }
      }),
    );
  });

  test('share the models among them: of 1,000 models on two of ten pods each pod has 150 to 250', () => {
    const ten = podsOf(10);
    const held = Array.from({ length: 1_000 }, (_, index) => chosenPods(`model-${index}`, ten, 2)).flat();
    for (const pod of ten) {
      const share = held.filter((one) => one === pod).length;
      expect(share).toBeGreaterThan(150);
      expect(share).toBeLessThan(250);
    }
  });
});

describe('how many pods hold a model', () => {
  test('what the pool says, when nothing asks for more', () => expect(copiesOf(aMember('rank'), POOL)).toBe(2));

  test('what the model asks for as its fewest replicas', () => {
    expect(copiesOf(aMember('rank', { serving: { autoscaling: { min: 3, max: 9, peaks: [] } } }), POOL)).toBe(3);
  });

  test('what its peak needs at half load: 400 a second of 5 ms are two at once, which take four copies', () => {
    expect(copiesOf(aMember('rank', { traffic: { usual: 100, peak: 400, compute: '5ms' } }), POOL)).toBe(4);
    expect(copiesOf(aMember('rank', { traffic: { usual: 100, peak: 400, compute: '5ms' }, serving: { instances: 2 } }), POOL)).toBe(2);
  });

  test('never more than the pool can have', () => {
    expect(copiesOf(aMember('rank', { traffic: { usual: 100_000, peak: 300_000, compute: '50ms' } }), POOL)).toBe(POOL.max);
  });
});
