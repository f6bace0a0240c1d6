import * as k8s from '@pulumi/kubernetes';
import { expect, test } from 'vitest';
import { grafanaValues } from '../../../charts/values/kube-prometheus-stack/grafana.ts';
import { Dashboards } from '../../../components/observability/dashboards/dashboards.ts';
import { planDashboards } from '../../../components/observability/dashboards/plan.ts';
import { graphOf, needsOf, ofType } from '../../components/graphs.ts';
import { RULE_ARGS } from '../example.ts';
import { BOARDS } from './example.ts';

const CONFIG_MAP = 'kubernetes:core/v1:ConfigMap';
const inside = () => ({ providers: [new k8s.Provider('test-kubernetes', {})] });
const made = () =>
  graphOf(() => {
    const space = new k8s.core.v1.Namespace('test-namespace', { metadata: { name: 'monitoring' } }, { provider: new k8s.Provider('other', {}) });
    return new Dashboards('test-dashboards', { namespace: 'monitoring', rules: RULE_ARGS, after: [space] }, inside());
  });

test("each board is a ConfigMap that Grafana's sidecar finds, with its folder and nothing but the board", async () => {
  const maps = ofType(await made(), CONFIG_MAP);
  expect(maps.map(({ name }) => name).sort()).toEqual(BOARDS.map(({ uid }) => `test-dashboards-${uid}`).sort());
  for (const { inputs } of maps) {
    const { metadata, data } = inputs;
    expect(metadata).toMatchObject({ namespace: 'monitoring', labels: { grafana_dashboard: '1' }, annotations: { grafana_folder: 'Weir' } });
    const [[file, text] = []] = Object.entries(data ?? {});
    const { uid }: { uid: string } = JSON.parse(String(text));
    expect(file).toBe(`${uid}.json`);
  }
});

test('Grafana looks for the label that they have, and reads the folder where they say it', () => {
  const values = grafanaValues({ host: undefined, admin: 'grafana-admin', storageClass: 'gp3' });
  expect(values.sidecar).toMatchObject({ dashboards: { label: 'grafana_dashboard', labelValue: '1', folderAnnotation: 'grafana_folder' } });
});

test('they come after the namespace that they lie in', async () => {
  const graph = await made();
  for (const map of ofType(graph, CONFIG_MAP)) expect(needsOf(graph, map)).toContain('test-namespace');
});

test('no board is near the 1 MiB that an object may have, and equal settings give equal text', () => {
  const plan = planDashboards({ rules: RULE_ARGS });
  expect(Math.max(...plan.map(({ json }) => Buffer.byteLength(json)))).toBeLessThan(2 ** 20 / 8);
  expect(planDashboards({ rules: RULE_ARGS })).toEqual(plan);
});

test('lines are drawn where alerts of this environment fire', () => {
  const textOf = (rules: typeof RULE_ARGS, name: string) => planDashboards({ rules }).find((plan) => plan.name === name)?.json ?? '';
  expect(textOf({ ...RULE_ARGS, monthlyUsd: 4_321 }, 'weir-cost')).toContain('{"value":4321,"color":"orange"}');
  expect(textOf({ ...RULE_ARGS, retentionHours: 10 }, 'weir-platform')).toContain('{"value":18000,"color":"red"}');
});
