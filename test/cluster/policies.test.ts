import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Admission } from '../../components/admission/admission.ts';
import { NAMESPACES, podSecurity } from '../../components/kubernetes/plan.ts';
import { RULES } from '../../policies/catalogue.ts';
import type { Fixture, Rule } from '../../policies/rule.ts';
import { EXAMPLE_REGISTRY } from '../../policies/rules/pods/example.ts';
import { graphOf, ofType } from '../components/graphs.ts';
import { VARIANTS } from '../policies/pods/variants.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { MODEL_CRDS } from '../support/cluster-crds.ts';
import { crdFile } from '../support/crd-schema.ts';
import { until } from '../support/until.ts';

const POLICY = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy';

const ADMITTED = RULES.filter(({ admission }) => admission !== undefined);
const BY_POD_SECURITY = RULES.filter(({ heldBy }) => heldBy === 'pod-security');

/** What Pod Security calls the part of `restricted` that a rule is about (pod-security-admission, policy/check_*.go). */
const CONTROLS: Readonly<Record<string, string>> = {
  'pod-non-root': 'runAsNonRoot != true',
  'pod-drop-all': 'unrestricted capabilities',
  'pod-no-escalation': 'allowPrivilegeEscalation != false',
  'pod-seccomp': 'seccompProfile',
  'pod-no-host': 'host namespaces',
  'pod-kernel-defaults': 'restricted volume types',
};

/** Of the fixtures. */
const TENANTS = ['shop', 'payments', 'flights'];

describe.skipIf(clusterMissing() !== null)('the API server and the pack say the same of every fixture', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster({ crds: [...MODEL_CRDS, 'karpenter', 'kueue', 'jobset'], crdFiles: [crdFile('models')] });
    const graph = await graphOf(() => {
      const inside = { providers: [new k8s.Provider('test-kubernetes', {})] };
      const images = { registries: [EXAMPLE_REGISTRY], platformImages: [] };
      return new Admission('test-admission', { ...images, ownCluster: pulumi.output(true), after: [] }, inside);
    });
    for (const { inputs } of [...ofType(graph, POLICY), ...ofType(graph, `${POLICY}Binding`)]) await cluster.apply(Object(unwrapped(inputs)));
    for (const name of ['training', 'inference']) {
      await cluster.apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1 });
    }
    await cluster.createNamespace(NAMESPACES.gateway, podSecurity('1.35'));
    for (const tenant of TENANTS) await cluster.createNamespace(`tenant-${tenant}`, { ...podSecurity('1.35'), 'weir.dev/tenant': tenant });
  }, 120_000);
  afterAll(() => cluster?.close());

  const answers = (fixture: Fixture): Promise<readonly string[]> =>
    Promise.all(
      fixture.map(({ props }) =>
        cluster.apply(props, { dryRun: true, force: true }).then(
          () => 'accepted',
          (error: unknown) => String(error),
        ),
      ),
    );
  /** A policy is in force some hundred milliseconds after it was written. */
  const refusal = async ({ fail }: Rule): Promise<string> => {
    let heard: readonly string[] = [];
    await until(
      async () => {
        heard = await answers(fail);
        return heard.some((each) => each !== 'accepted');
      },
      () => `all accepted`,
    );
    return heard.find((each) => each !== 'accepted') ?? '';
  };

  test.each(ADMITTED)('the policy of $id refuses what breaks it', async (rule) => {
    expect(await refusal(rule)).toContain(`ValidatingAdmissionPolicy 'weir-${rule.id}'`);
  });

  test.each(BY_POD_SECURITY)('Pod Security refuses what breaks $id', async (rule) => {
    const heard = await refusal(rule);
    expect(heard).toContain('violates PodSecurity "restricted');
    expect(heard).toContain(CONTROLS[rule.id]);
    expect(heard.split(/"restricted:v[\d.]+": /)[1]?.split(/\), /)).toHaveLength(1); // and for that alone
  });

  test.each([...ADMITTED, ...BY_POD_SECURITY])('what keeps $id is taken', async ({ pass }) => {
    expect(await answers(pass)).toEqual(pass.map(() => 'accepted'));
  });

  test.each(VARIANTS)('$name: the API server says what the pack says', async ({ object, breaks, lets = [] }) => {
    const [answer = ''] = await answers([{ props: object }]);
    const refusing = breaks.filter((id) => !lets.includes(id));
    const taken = refusing.length === 0 ? ['accepted'] : refusing.map((id) => `weir-${id}`); // of several it tells one
    expect(taken).toContain(/ValidatingAdmissionPolicy '([\w-]+)'/.exec(answer)?.[1] ?? answer);
  });

  test('what no policy is made for is taken although the pack finds it: the answers above are theirs', async () => {
    const free = RULES.filter(({ id }) => id === 'no-default-namespace' || id === 'rbac-no-cluster-secrets');
    expect(free).toHaveLength(2);
    for (const { fail } of free) expect(await answers(fail)).toEqual(fail.map(() => 'accepted'));
  });
});
