import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chartNames, chartPin } from '../../charts/pins.ts';
import { type ChartKeys, chartKeys, unknownKeys } from '../support/chart-keys.ts';
import { releasesOf } from '../support/charts.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

const listed = readdirSync('charts/keys').map((file) => file.replace(/\.json$/, ''));

describe('values of charts that cannot be had here', () => {
  test('each list is of the chart and the version that is pinned', () => {
    const pinned = chartNames().map((chart) => `${chart} ${chartPin(chart).version}`);
    for (const chart of listed) {
      const { version, source, readOn, keys } = keysOf(chart);
      expect(pinned).toContain(`${chart} ${version}`);
      expect(source).not.toBe('');
      expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(keys.length).toBeGreaterThan(5);
    }
  });

  test.each(PROFILES)('%s: the chart knows every value that is set', async (profile) => {
    const { graph } = await recordEnvironment(profile);
    const unknown = releasesOf(graph).flatMap(({ chart, values }) => {
      const keys = chartKeys(chart);
      return keys === null ? [] : unknownKeys(values, keys).map((path) => `${chart}: ${path}`);
    });
    expect(unknown).toEqual([]);
  });

  test('every chart is either rendered in test/cluster/charts.test.ts or in a list', () => {
    console.info(`weaker kind, checked by name of value only: ${listed.join(', ')}`);
    const rendered = /^(karpenter|karpenter-crd|cert-manager|gateway-helm|external-dns|kueue|kubeflow-trainer)$/;
    expect(chartNames().filter((chart) => !rendered.test(chart) && !existsSync(`charts/keys/${chart}.json`))).toEqual([]);
  });

  test('a misspelt value is told by its path, one below a map of the user is not', () => {
    const keys = { ...EMPTY, keys: ['image.tag', 'server.annotations', 'server.port'] };
    expect(unknownKeys({ image: { tga: 'x' }, server: { port: 1, annotations: { any: { thing: 1 } } } }, keys)).toEqual(['image.tga']);
    expect(unknownKeys({ imaeg: { tag: 'x' } }, keys)).toEqual(['imaeg.tag']);
    expect(unknownKeys({ server: {} }, keys)).toEqual([]);
    expect(unknownKeys({ 'server.port': 1 }, keys)).toEqual([String.raw`server\.port`]);
  });
});

const EMPTY: ChartKeys = { chart: '', version: '', source: '', readOn: '', keys: [] };

function keysOf(chart: string): ChartKeys {
  const keys = chartKeys(chart);
  if (keys === null) throw new Error(`no list of ${chart}`);
  return keys;
}
