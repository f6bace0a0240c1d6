import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { renderEnvironmentOf } from '../../../cli/plan/tenants/environment.ts';
import { modelChanges } from '../../../cli/plan/tenants/model-changes.ts';
import { modelChangeLines } from '../../../cli/plan/tenants/text.ts';
import { loadHash64 } from '../../../runtime/model/hash.ts';
import { recordEnvironment } from '../../support/environments.ts';
import { run, writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';
import { stackFileOf } from '../stack-file.ts';

const STACKS = fileURLToPath(new URL('../../../stacks', import.meta.url));
const TENANTS = fileURLToPath(new URL('../../../tenants', import.meta.url));

describe('the tenants of a plan', () => {
  test('each has a row with its models, what they cost, and where the figures come from', async () => {
    const { code, out } = await run(['plan', 'prod-tenants', '--stacks', STACKS]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {4}flights +1 model +\d+ resources +\$[\d.,]+ +\$[\d.,]+$/m);
    expect(out).toContain('$ pods: its models at the least of their replicas, by their share of nodes');
    expect(out).toMatch(/^ {4}model +\d+ +\d+ Kubernetes models$/m);
  });

  test('what has no price is marked, in text and in a comment on a pull request, and a charge that every tenant has is one line', async () => {
    const { out } = await run(['plan', 'prod-tenants', '--stacks', STACKS]);
    expect(out).toMatch(/^ {4}payments +3 models +\d+ resources +\$[\d.,]+ +\$[\d.,]+ \+ \?$/m);
    expect(out).toContain('+ ?: pods for which no node has a price');
    expect(out.match(/not priced/g)).toHaveLength(1);
    expect(out).toMatch(/not priced +delivery from Kafka \(.*\): 6 resources, such as prod-tenant-flights-data-stream-labels$/m);
    const comment = await run(['plan', 'prod-tenants', '--stacks', STACKS, '--format', 'markdown']);
    expect(comment.out).toMatch(/^\| payments \| 3 \| \d+ \| \$[\d.,]+ \| \$[\d.,]+ \+ \? \|$/m);
    expect(comment.out).toMatch(/^\| tenant \| \d+ \| \$[\d.,]+ \+ \? \|/m);
  });

  test("models for which the pools have no room are told before they wait: by the environment's own limits", async () => {
    const folder = scratch();
    writeFiles(folder, { 'Pulumi.dev.yaml': stackFile(TENANTS, '  weir:pools: {gpus: 0, inferenceCpu: 3}\n') });
    const { code, out } = await run(['plan', 'dev', '--stacks', folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/warning +model +at their most replicas models ask for 5 GPUs \(shop 3, payments 2\), and pools\.gpus is 0/);
    expect(out).toMatch(
      /warning +model +at their least replicas models without a GPU ask for \d+(\.\d)? CPUs \(shop .*\), and pools\.inferenceCpu is 3/,
    );
    writeFiles(folder, { 'Pulumi.dev.yaml': stackFile(TENANTS, '  weir:pools: {gpus: 5}\n') });
    expect((await run(['plan', 'dev', '--stacks', folder])).out).not.toMatch(/replicas models/);
  });

  test('one alone: every model with its version, its pods, their price, and what the controller will apply', async () => {
    const { code, out } = await run(['plan', 'prod-tenants', '--stacks', STACKS, '--tenant', 'payments']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}payments: 3 models, \d+ resources of the stack/m);
    expect(out).toMatch(
      /^ {4}credit +4 +rollout \S+ +2 to 4 pods, \$\d+ a month at 2 \(\S+, \d+ % of it each\) +\d+ objects: .*1 Deployment.*1 HTTPRoute$/m,
    );
    expect(out).not.toContain('shop');
  });

  test('the same for a comment on a pull request', async () => {
    const { out } = await run(['plan', 'prod-tenants', '--stacks', STACKS, '--tenant', 'payments', '--format', 'markdown']);
    expect(out).toMatch(/^### weir plan prod-tenants\n\n```\n[\s\S]*\n {4}credit +4 [\s\S]*\n```\s*$/);
  });

  test('the same as data', async () => {
    const { out } = await run(['plan', 'prod-tenants', '--stacks', STACKS, '--tenant', 'shop', '--json']);
    const facts: { tenants: { tenant: string; pools: unknown[]; models: { objects: Record<string, number> }[] }[] } = JSON.parse(out);
    expect(facts.tenants.map(({ tenant }) => tenant)).toEqual(['shop']);
    expect(facts.tenants[0]?.pools.length).toBeGreaterThan(0);
    expect(facts.tenants[0]?.models.every(({ objects }) => Object.keys(objects).length > 0)).toBe(true);
  });

  test('one that is not there is told, with the one that was meant, or with the stack that has tenants', async () => {
    const meant = await run(['plan', 'prod-tenants', '--stacks', STACKS, '--tenant', 'paymets']);
    expect([meant.code, meant.err]).toEqual([2, expect.stringContaining('prod-tenants has no tenant "paymets"\n  Did you mean payments?')]);
    const lower = await run(['plan', 'prod', '--stacks', STACKS, '--tenant', 'payments']);
    expect([lower.code, lower.err]).toEqual([2, expect.stringContaining('Plan the stack that builds the tenants, such as prod-tenants.')]);
  });

  test('a mistake in a tenant file stops the plan, with its file and line', async () => {
    const folder = scratch();
    cpSync(TENANTS, join(folder, 'tenants'), { recursive: true, filter: (from) => !from.includes('/schemas') });
    const file = join(folder, 'tenants/payments/models/fraud.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^rollout:.*$/m, 'rollout: standrad'));
    writeFiles(folder, { 'Pulumi.dev.yaml': stackFile(join(folder, 'tenants')) });
    const { code, err } = await run(['plan', 'dev', '--stacks', folder]);
    expect(code).toBe(2);
    expect(err).toMatch(/payments\/models\/fraud\.yaml:\d+:\d+/);
    expect(err).toContain('standard');
  });
});

test('against a commit: a new version starts a rollout, a new label none, and what comes and goes is told', async () => {
  const [old, now] = [scratch(), scratch()];
  for (const folder of [old, now]) cpSync(TENANTS, folder, { recursive: true, filter: (from) => !from.includes('/schemas') });
  const fraud = join(now, 'payments/models/fraud.yaml');
  writeFileSync(fraud, readFileSync(fraud, 'utf8').replace(/version: 8/, 'version: 9'));
  rmSync(join(now, 'payments/models/credit.yaml'));
  rmSync(join(old, 'flights/models/eta.yaml'));
  const recorded = (tenantsDir: string) => recordEnvironment('prod', { split: 'tenants', settings: { tenantsDir } });
  const [base, here] = [await recorded(old), await recorded(now)];
  const environment = renderEnvironmentOf(here);
  if (environment === null) throw new Error('there are tenants');
  const changes = modelChanges({ base: base.graph, here: here.graph }, environment, await loadHash64());
  expect(changes.map(({ kind, tenant, model }) => `${kind} ${tenant}/${model}`)).toEqual([
    'added flights/eta',
    'removed payments/credit',
    'changed payments/fraud',
  ]);
  const [, ...lines] = modelChangeLines(changes);
  expect(lines[2]).toMatch(/^ {4}~ +payments\/fraud +8 -> 9 +rollout standard starts: .*, then \S+ of baking/);
});

const stackFile = (tenantsDir: string, more = ''): string =>
  stackFileOf(`  weir:tenantsDir: ${tenantsDir}
${more}`);
