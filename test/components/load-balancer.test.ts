import { expect, test } from 'vitest';
import { loadBalancerControllerValues } from '../../charts/values/aws-load-balancer-controller.ts';
import { LoadBalancerController } from '../../components/load-balancer/load-balancer-controller.ts';
import { loadBalancerStatements } from '../../components/load-balancer/policy.ts';
import { releasesOf } from '../support/charts.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf } from './graphs.ts';
import upstream from './load-balancer-actions.json' with { type: 'json' };

const scope = { account: PLACE.account, partition: PLACE.partition, region: PLACE.region };
const statements = loadBalancerStatements(scope);

const place = { ...scope, clusterName: 'weir-prod', rolePrefix: 'weir-prod', vpcId: 'vpc-1', tags: { platform: 'weir' }, ownNodes: true, after: [] };
const graph = await graphOf(() => void new LoadBalancerController('prod-load-balancer', place));

test(`the controller may do all that upstream's policy of ${upstream.version} lets it do, but for features that are off`, () => {
  const ours = new Set(statements.flatMap(({ actions }) => actions));
  expect(upstream.actions.filter((action) => !ours.has(action))).toEqual(upstream.ofFeaturesThatAreOff);
});

test('the features without rights are off, or the controller would ask AWS and be refused', () => {
  const values = loadBalancerControllerValues({ clusterName: 'c', region: 'r', vpcId: 'v', tags: {}, ownNodes: true });
  expect(values).toMatchObject({ enableShield: false, enableWaf: false, enableWafv2: false, createIngressClassResource: false });
});

test('what upstream binds to the tag of the cluster is bound to it here', () => {
  const loose = statements.filter(({ conditions }) => !JSON.stringify(conditions ?? {}).includes('elbv2.k8s.aws/cluster'));
  const actions = new Set(loose.flatMap((statement) => statement.actions));
  expect(upstream.boundToTag.filter((action) => actions.has(action))).toEqual([]);
});

test('only reading is allowed on everything, and that in one region', () => {
  const anywhere = statements.filter(({ resources }) => resources?.includes('*'));
  expect(anywhere.flatMap(({ actions }) => actions).filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  const regional = anywhere.filter(({ sid }) => sid !== 'ReadServerCertificates'); // IAM has no region
  expect(regional.map(({ conditions }) => conditions)).toEqual([{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }]);
});

test('no right is a wildcard, each statement has a name of its own, and the policy fits into the role', () => {
  expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  expect(new Set(statements.map(({ sid }) => sid)).size).toBe(statements.length);
  const [policy] = ofType(graph, 'aws:iam/rolePolicy:RolePolicy');
  expect(Object.keys(statementsOf(policy?.inputs.policy))).toHaveLength(statements.length);
  expect(String(policy?.inputs.policy).length).toBeLessThan(10_240);
});

test('it makes load balancers of Services and asks neither the metadata of its node nor every new Service', () => {
  expect(releasesOf(graph)).toMatchObject([
    {
      chart: 'aws-load-balancer-controller',
      namespace: 'kube-system',
      values: {
        clusterName: 'weir-prod',
        region: 'eu-west-1',
        vpcId: 'vpc-1',
        enableServiceMutatorWebhook: false,
        keepTLSSecret: true,
        defaultTags: { platform: 'weir' },
        replicaCount: 2,
        nodeSelector: { workload: 'system' },
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
      },
    },
  ]);
});

test("its pods alone get the role, and it goes before the role's rights (D4)", () => {
  const [link] = ofType(graph, 'aws:eks/podIdentityAssociation:PodIdentityAssociation');
  expect(link?.inputs).toMatchObject({ namespace: 'kube-system', serviceAccount: 'aws-load-balancer-controller' });
  const [release] = ofType(graph, 'kubernetes:helm.sh/v3:Release');
  if (release === undefined) throw new Error('no release');
  expect(needsOf(graph, release)).toEqual(expect.arrayContaining(['prod-load-balancer-role-role', 'prod-load-balancer-role-policy']));
});
