import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { chartFolder, chartsMissing, releasesOf, renderRelease } from '../support/charts.ts';
import { recordEnvironment } from '../support/environments.ts';

/** Bytes that Kubernetes takes in a Secret, and so Helm for the record of a release. */
const SECRET_BYTES = 1_048_576;

/** Files of a chart as Helm's record has them: its own, those of charts below it are not among them. */
function filesOf(folder: string, root = folder): readonly { readonly name: string; readonly data: string }[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    if (path === join(root, 'charts')) return [];
    return statSync(path).isDirectory() ? filesOf(path, root) : [{ name: relative(root, path), data: readFileSync(path).toString('base64') }];
  });
}

/** What Helm stores: the chart and what was rendered of it, without the kinds of `crds/`, as zipped JSON in base64. */
function recordBytes(folder: string, rendered: readonly unknown[]): number {
  const manifest = rendered.map((object) => stringify(object)).join('---\n');
  return gzipSync(JSON.stringify({ chart: { templates: filesOf(folder) }, manifest }), { level: 9 }).toString('base64').length;
}

describe.skipIf(chartsMissing() !== null)('records of releases', () => {
  test('each fits into the Secret in which Helm keeps it: one that does not can never be installed', async () => {
    const { graph } = await recordEnvironment('prod');
    const target = { kubeVersion: '1.35.0', apiVersions: ['monitoring.coreos.com/v1'] };
    const sizes = releasesOf(graph).flatMap((release): readonly (readonly [string, number])[] => {
      const folder = chartFolder(release.chart);
      return folder === null ? [] : [[release.chart, recordBytes(folder, renderRelease({ ...release, skipCrds: true }, target))]];
    });
    expect(sizes.length).toBeGreaterThan(4);
    expect(sizes.filter(([, bytes]) => bytes > SECRET_BYTES)).toEqual([]);
  }, 120_000);
});
