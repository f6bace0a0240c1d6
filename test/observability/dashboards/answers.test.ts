import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ruleFile } from '../../../components/observability/rules/manifest.ts';
import { keepProcess, onFreePorts, untilReady } from '../../support/kept-process.ts';
import { tempFolder } from '../../support/temp.ts';
import { missingTool, toolsFolder } from '../../support/tools.ts';
import { until } from '../../support/until.ts';
import { GROUPS } from '../example.ts';
import { BOARDS, queriesOf } from './example.ts';
import { filledIn } from './promql-words.ts';
import { exposition } from './series.ts';

const prometheus = join(toolsFolder(), 'bin/prometheus');
const promtool = join(toolsFolder(), 'bin/promtool');
const QUERIES = BOARDS.flatMap(queriesOf);

describe.skipIf(missingTool('prometheus', [promtool]) !== null)('promtool', () => {
  test('reads every query of every board', () => {
    using folder = tempFolder();
    const rules = QUERIES.map(({ expr }, index) => ({ record: `query:${index}`, expr: filledIn(expr, '5m') }));
    const file = join(folder.path, 'queries.yaml');
    writeFileSync(file, stringify({ groups: [{ name: 'queries', rules }] }));
    const said = execFileSync(promtool, ['check', 'rules', file], { encoding: 'utf8' });
    expect(said).toContain(`SUCCESS: ${rules.length} rules found`);
  });
});

describe.skipIf(missingTool('prometheus', [prometheus]) !== null)('Prometheus', () => {
  test('answers every query of every board, when what the exporters emit is there', { timeout: 120_000 }, async () => {
    await using target = await exporter();
    await using server = await started(target.port);
    const asked = QUERIES.filter(({ happening }) => !happening).map(({ at, expr }) => ({
      at,
      expr: filledIn(expr, '5s').replaceAll(' or vector(0)', ''),
    })); // 0 would answer for series that are not there
    let unanswered = asked;
    const left = async (): Promise<boolean> => {
      const still = await Promise.all(unanswered.map(async (one) => ((await server.ask(one.expr)) > 0 ? [] : [one])));
      unanswered = still.flat();
      return unanswered.length === 0;
    };
    await until(left, () => unanswered, 60_000);
    expect(asked.length).toBeGreaterThan(150);
  });
});

/** Stands for everything that Prometheus scrapes; counters grow with each scrape. */
async function exporter(): Promise<{ readonly port: number } & AsyncDisposable> {
  let tick = 0;
  const server = createServer((_, response) => {
    tick += 1;
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exposition(tick));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await close();
    },
  };
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: readonly unknown[] };
}

/** A Prometheus with the model's recording rules, since panels ask for what they calculate. */
async function started(port: number): Promise<{ ask(query: string): Promise<number> } & AsyncDisposable> {
  const recordings = GROUPS.filter(({ name }) => name === 'model').map((group) => ruleFile({ ...group, alerts: [] }));
  return await onFreePorts(1, async ([own = 0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-prometheus-')); // it removes its own when it ends
    const rules = recordings.map(({ groups }) => ({ groups: groups.map((group) => ({ ...group, interval: '1s' })) }));
    for (const [index, file] of rules.entries()) writeFileSync(join(folder, `rules-${index}.yaml`), stringify(file));
    const job = { job_name: 'any', honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${port}`] }] };
    const config = { global: { scrape_interval: '1s', scrape_timeout: '1s' }, rule_files: ['rules-*.yaml'], scrape_configs: [job] };
    writeFileSync(join(folder, 'prometheus.yaml'), stringify(config));
    const args = ['--config.file=prometheus.yaml', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${own}`];
    const server = keepProcess({ command: prometheus, args, folder });
    const at = `http://127.0.0.1:${own}`;
    await untilReady([server], 30, async () => (await fetch(`${at}/-/ready`)).ok);
    return {
      async ask(query) {
        const answer: Answer = JSON.parse(await (await fetch(`${at}/api/v1/query?query=${encodeURIComponent(query)}`)).text());
        if (answer.status !== 'success') throw new Error(`${query}: ${answer.error}`);
        return answer.data?.result.length ?? 0;
      },
      [Symbol.asyncDispose]: () => server.stop(),
    };
  });
}
