import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartNames, chartPin } from '../../charts/pins.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { type ChartRelease, carriedVersions, chartFolder, chartsMissing, releasesOf, renderRelease } from '../support/charts.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { ALL_CRDS } from '../support/cluster-crds.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

const missing = chartsMissing() ?? clusterMissing();
/** One after the other: the recorder has one program at a time. */
const graphs: { readonly profile: string; readonly graph: Graph }[] = [];
for (const profile of missing === null ? PROFILES : []) graphs.push({ profile, graph: (await recordEnvironment(profile)).graph });

/** Each chart with each different set of values that some profile gives it, named after the first such profile. */
const releases = new Map<string, ChartRelease>();
for (const { profile, graph } of graphs) {
  for (const release of releasesOf(graph)) {
    const key = JSON.stringify({ ...release, name: '' }).replaceAll(new RegExp(`\\b${profile}\\b`, 'g'), 'env');
    if (!releases.has(key)) releases.set(key, { ...release, name: `${release.chart} in ${profile}` });
  }
}
const atHand = [...releases.values()].filter(({ chart }) => chartFolder(chart) !== null);

const PATIENCE = 400_000;

describe.skipIf(missing !== null)('charts, as Helm sends them to the cluster', () => {
  let cluster: Cluster;
  let apiVersions: readonly string[] = [];
  beforeAll(async () => {
    cluster = await startCluster({ crds: ALL_CRDS }); // half a minute on two idle cores
    const [dev] = graphs;
    for (const { type, inputs } of dev?.graph.values() ?? []) {
      if (type === 'kubernetes:core/v1:Namespace') await cluster.apply(Object(unwrapped(inputs)));
    }
    apiVersions = groupVersions(JSON.parse((await cluster.request({ method: 'GET', path: '/apis' })).text));
  }, PATIENCE);
  afterAll(() => cluster?.close());

  test.each(atHand)('$name: a real API server takes every object, and pod security every pod', async (release) => {
    const objects = renderRelease(release, { kubeVersion: '1.35.0', apiVersions });
    expect(objects.length).toBeGreaterThan(0);
    const said: string[] = [];
    for (const object of objects) {
      const words = `${object.kind} ${object.metadata.name}`;
      await cluster.apply(object, { dryRun: true, force: true, namespace: release.namespace }).then(
        ({ warnings }) => said.push(...warnings.map((warning) => `${words}: ${warning}`)),
        (error: unknown) => said.push(`${words}: ${String(error)}`),
      );
    }
    expect(said).toEqual([]);
  });

  test('a value of another type than the chart takes is refused where the chart has a schema', () => {
    const values = { replicaCount: 'two' };
    const release = { name: '', chart: 'cert-manager', version: '', releaseName: 'cert-manager', namespace: 'cert-manager', skipCrds: false, values };
    expect(() => renderRelease(release, { kubeVersion: '1.35.0', apiVersions: [] })).toThrow(/replicaCount/);
  });

  // Some modules have the version in the chart itself, others leave it to their release: then it is the module's own.
  test.each(
    chartNames()
      .map(chartPin)
      .filter(({ chart }) => chartFolder(chart) !== null),
  )('$chart: what is rendered is what is pinned', ({ chart, version }) => {
    expect(carriedVersions(chart)).toContain(version.replace(/^v/, ''));
  });
});

interface Groups {
  readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
}

const groupVersions = ({ groups }: Groups): readonly string[] => groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
