import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Admission } from '../../components/admission/admission.ts';
import { exampleGpuPool } from '../../policies/rules/nodes/example.ts';
import { graphOf, ofType } from '../components/graphs.ts';
import { clusterMissing, startCluster } from '../support/cluster.ts';
import { fetchedCrds, installCrds } from '../support/cluster-crds.ts';

const POLICY = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy';

test.skipIf(clusterMissing() !== null)(
  'policies stand before the kinds that charts bring later, without a warning, and judge their first object',
  async () => {
    await using cluster = await startCluster({ crds: [] });
    const graph = await graphOf(() => {
      const inside = { providers: [new k8s.Provider('test-kubernetes', {})] };
      const images = { registries: ['registry.example.com/'], platformImages: [] };
      return new Admission('test-admission', { ...images, ownCluster: pulumi.output(true), after: [] }, inside);
    });
    const warnings: string[] = [];
    for (const { inputs } of [...ofType(graph, POLICY), ...ofType(graph, `${POLICY}Binding`)]) {
      warnings.push(...(await cluster.apply(Object(unwrapped(inputs)))).warnings);
    }
    expect(warnings).toEqual([]);

    await installCrds(cluster, fetchedCrds(['karpenter']));
    const said = (object: object): Promise<string> =>
      cluster.apply(object, { dryRun: true, force: true }).then(
        () => 'accepted',
        (error: unknown) => String(error),
      );
    const open = exampleGpuPool({ limits: { cpu: '64' } });
    await expect.poll(() => said(open), { timeout: 20_000 }).toContain("'weir-nodepool-gpu-limit'");
    expect(await said(exampleGpuPool())).toBe('accepted');
  },
  90_000,
);
