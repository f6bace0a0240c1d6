import { describe, expect, test } from 'vitest';
import { reasonsOf } from '../../cli/rehearse/phase.ts';
import type { PulumiCli } from '../../cli/rehearse/pulumi-cli.ts';
import { chartsMissing } from '../support/charts.ts';
import { clusterMissing } from '../support/cluster.ts';
import type { AuditEvent } from '../support/cluster-audit.ts';
import { openEngineStage } from '../support/engine-stage.ts';
import { stackValues } from '../support/environments.ts';
import { kwokMissing } from '../support/kwok.ts';
import { pulumiHere } from '../support/pulumi.ts';
import { broken, RULES } from './engine-order.ts';

const PATIENCE = 1_500_000; // two minutes on two idle cores, ten times that where others work
const cli = await pulumiHere();
const missing = cli === null ? 'no Pulumi' : (clusterMissing() ?? kwokMissing() ?? chartsMissing());

const made = ({ verb }: AuditEvent): boolean => verb === 'create' || verb === 'patch';

describe.skipIf(missing !== null)('the platform and its tenants, by the real engine in a real API server', () => {
  test('come up in the waves of their design with pods ready, and go the other way round', { timeout: PATIENCE }, async () => {
    const here: PulumiCli = cli ?? { path: '', version: '', hasLanguageHost: false };
    await using stage = await openEngineStage(here, 'e2e', stackValues('dev'));
    const place = stage.cluster.audit().length;
    const up = await stage.engine.up('e2e');
    expect(up.ok ? [] : reasonsOf(up)).toEqual([]);
    const came = stage.cluster.audit().slice(place).filter(made);
    expect.soft(broken(came, RULES, 'up')).toEqual([]);

    const before = stage.cluster.audit().length;
    const down = await stage.engine.destroy('e2e', { runProgram: true, skipPreview: true });
    expect(down.ok ? [] : reasonsOf(down)).toEqual([]);
    const went = stage.cluster
      .audit()
      .slice(before)
      .filter(({ verb }) => verb === 'delete');
    expect.soft(broken(went, RULES, 'down')).toEqual([]);
    console.info(`${came.length} objects came, ${went.length} went, up ${up.seconds.toFixed(0)} s, destroy ${down.seconds.toFixed(0)} s`);
    expect(await leftBehind(stage.cluster)).toEqual([]);
  });

  test('an order that is wrong is told, and a rule about nothing, too', () => {
    const event = (resource: string, group: string, name: string, at: number): AuditEvent => ({
      verb: 'patch',
      resource,
      group,
      namespace: '',
      name,
      at,
    });
    const rules = RULES.filter(({ words }) => words === 'classes of nodes, pools');
    const [pool, nodeClass] = [event('nodepools', 'karpenter.sh', 'general', 1), event('ec2nodeclasses', 'karpenter.k8s.aws', 'general', 2)];
    expect(broken([pool, nodeClass], rules, 'up')).toEqual(['D1, classes of nodes, pools: nodepools general before ec2nodeclasses general']);
    expect(broken([pool, nodeClass], rules, 'down')).toEqual([]);
    expect(broken([pool], rules, 'up')).toEqual(['D1, classes of nodes, pools: there is nothing of the first']);
  });
});

/** Namespaces of ours that are still there: whatever lay in them went with them. */
async function leftBehind(cluster: { request(asked: { method: 'GET'; path: string }): Promise<{ text: string }> }): Promise<readonly string[]> {
  const { text } = await cluster.request({ method: 'GET', path: '/api/v1/namespaces' });
  const { items }: { readonly items: readonly { readonly metadata: { readonly name: string } }[] } = JSON.parse(text);
  return items.map(({ metadata }) => metadata.name).filter((name) => !/^(default|kube-.*)$/.test(name));
}
