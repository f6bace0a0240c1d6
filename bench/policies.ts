import { RULES } from '../policies/catalogue.ts';
import { manyResources, millisecondsOf } from '../test/policies/many.ts';
import { prodResources } from '../test/policies/prod.ts';
import type { Row } from './report.ts';

const SIZES = [1_250, 2_500, 5_000, 10_000];

/** All rules on so many resources of production's shape, each: it must not grow. The baseline is writing the same resources as JSON. */
export async function bench(): Promise<readonly Row[]> {
  const prod = await prodResources();
  return SIZES.map((size) => {
    const resources = manyResources(prod, size);
    const baseline = millisecondsOf('json', resources);
    const value = millisecondsOf('judge', resources);
    return { name: `policies: ${RULES.length} rules on ${size} resources`, value, unit: 'ms CPU', baseline, ratio: value / baseline };
  });
}
