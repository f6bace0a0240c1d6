import { expect, test } from 'vitest';
import { manyResources, millisecondsOf } from './many.ts';
import { prodResources } from './prod.ts';

test('five thousand resources are judged by every rule in two seconds of CPU, and twice as many take about twice as long', async () => {
  const prod = await prodResources();
  const five = millisecondsOf('judge', manyResources(prod, 5_000));
  const ten = millisecondsOf('judge', manyResources(prod, 10_000));
  expect(five).toBeLessThan(2_000);
  expect(ten / five).toBeLessThan(3); // 2 and slack: what is quadratic is at 4
});
