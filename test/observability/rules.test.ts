import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ruleFile } from '../../components/observability/rules/manifest.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';
import { ALERTS, GROUPS } from './example.ts';
import type { Case, Series } from './series/case.ts';
import { COST } from './series/cost.ts';
import { DRIFT } from './series/drift.ts';
import { FEATURES } from './series/features.ts';
import { GPU } from './series/gpu.ts';
import { LAKE_AND_KAFKA } from './series/lake-and-kafka.ts';
import { MODEL } from './series/model.ts';
import { PLATFORM } from './series/platform.ts';
import { ROLLOUT } from './series/rollout.ts';

const CASES: Readonly<Record<string, readonly Case[]>> = {
  model: MODEL,
  drift: DRIFT,
  rollout: ROLLOUT,
  features: FEATURES,
  'lake-and-kafka': LAKE_AND_KAFKA,
  gpu: GPU,
  platform: PLATFORM,
  cost: COST,
};

test('every alert has a series on which it fires and one on which it does not', () => {
  const tested = new Set(Object.values(CASES).flatMap((cases) => cases.map(({ alert }) => alert)));
  expect([...tested, 'Watchdog'].sort()).toEqual(ALERTS.map(({ alert }) => alert).sort());
});

const promtool = join(toolsFolder(), 'bin/promtool');

describe.skipIf(missingTool('prometheus', [promtool]) !== null)('promtool', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-rules-'));
    for (const group of GROUPS) writeFileSync(join(folder, `${group.name}.yaml`), stringify(ruleFile(group)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('takes every rule, and none stands twice', () => {
    const files = GROUPS.map(({ name }) => join(folder, `${name}.yaml`));
    const said = execFileSync(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...files], { encoding: 'utf8' });
    expect(said.match(/SUCCESS/g)).toHaveLength(GROUPS.length);
  });

  test.each(GROUPS.map(({ name }) => name))('alerts of %s fire when they should, and only then', { timeout: 120_000 }, (name) => {
    const cases = [...(CASES[name] ?? []), ...(name === 'platform' ? [WATCHDOG] : [])];
    const files = [...new Set(cases.map(({ evaluated = '30s' }) => evaluated))].map((evaluated) => {
      const file = join(folder, `${name}-${evaluated}.test.yaml`);
      const tests = cases.filter((one) => (one.evaluated ?? '30s') === evaluated).flatMap(unitTests);
      writeFileSync(file, stringify({ rule_files: [`${name}.yaml`], evaluation_interval: evaluated, tests }));
      return file;
    });
    const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', ...files], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).not.toContain('FAILED');
    expect(status).toBe(0);
  });
});

/** It fires on nothing at all: there is no series on which it may not. */
const WATCHDOG: Case = { alert: 'Watchdog', fires: { 'up{job="any"}': '1x5' }, quiet: {}, at: '1m', labels: {} };

/** What promtool reads: the alert on both sets of series. */
function unitTests({ alert, fires, quiet, at, labels, every = '1m' }: Case): readonly object[] {
  const severity = ALERTS.find((rule) => rule.alert === alert)?.severity ?? '';
  const text = Object.entries({ alertname: alert, alertstate: 'firing', severity, ...labels }).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  );
  const firing = [{ labels: `ALERTS{${text.join(', ')}}`, value: 1 }];
  const of = (name: string, series: Series, samples: readonly object[]) => ({
    name: `${alert} ${name}`,
    interval: every,
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
    promql_expr_test: [{ expr: `ALERTS{alertname="${alert}",alertstate="firing"}`, eval_time: at, exp_samples: samples }],
  });
  return [of('fires', fires, firing), ...(Object.keys(quiet).length === 0 ? [] : [of('does not fire', quiet, [])])];
}
