import { expect, test } from 'vitest';
import type { FeatureService } from '../../runtime/features/catalogue.ts';
import { createFreshnessWatch } from '../../runtime/local/freshness.ts';
import type { ModelKey } from '../../runtime/model/types.ts';
import { FeatureCounts } from '../../runtime/proxy/feature-counts.ts';
import { KEY, tinySpec } from '../support/gateway.ts';

const VIEW = { entity: 'city', key: 'city', datatype: 'BYTES', ttlSeconds: 86_400, source: { timestamp: 't' }, fields: {}, personal: [] } as const;
const SERVICE: FeatureService = {
  tenant: 'flights',
  name: 'places',
  keys: { city: 'BYTES' },
  fields: {},
  views: [{ ...VIEW, name: 'facts', freshnessSeconds: 300 }],
};
const SERVICES = new Map<ModelKey, FeatureService>([[KEY, SERVICE]]);
const READS = { service: 'flights/places', keys: [], fields: [], timeoutSeconds: 1, missing: 'nulls', freshnessSeconds: null } as const;
const SPEC = tinySpec({ features: READS });

function seen(age: number): FeatureCounts {
  const counts = new FeatureCounts();
  counts.count(KEY, 'read', [{ view: 'facts', ages: [], newestAge: age }]);
  return counts;
}

test('a view past its promise is told once, past twice of it as well, and once more when it is fresh again', () => {
  const watch = createFreshnessWatch();
  const texts = (age: number): readonly string[] => watch.tick([SPEC], SERVICES, seen(age)).map(({ kind, text }) => `${kind}: ${text}`);
  expect(texts(300)).toEqual([]);
  expect(texts(301)).toEqual(['FeaturesStale: the newest row of view facts is 5 min old; 5 min were promised. Past 10 min the fallback answers.']);
  expect(texts(500)).toEqual([]);
  expect(texts(10)).toEqual(['FeaturesFresh: view facts is fresh again']);
  expect(texts(259_200)).toEqual(['FeaturesStale: the newest row of view facts is 3 d old; 5 min were promised. The fallback answers.']);
});

test("the model's own word goes before the view's, and a model that reads nothing is never told of", () => {
  const watch = createFreshnessWatch();
  expect(watch.tick([tinySpec({ features: { ...READS, freshnessSeconds: 1_000 } })], SERVICES, seen(900))).toEqual([]);
  expect(watch.tick([tinySpec()], SERVICES, seen(900))).toEqual([]);
});
