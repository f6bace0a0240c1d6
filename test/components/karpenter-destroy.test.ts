import * as aws from '@pulumi/aws';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { KarpenterCloud } from '../../components/nodes/karpenter-cloud.ts';
import { before, cut, DESTROY_RULES } from '../support/destroy-rules.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

const isKarpenters = (urn: string): boolean => urn.includes('weir:nodes:KarpenterCloud$');

const [outlives, entry] = DESTROY_RULES.filter(({ id }) => id === 'D2');

describe.each(PROFILES)('%s', (profile) => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordEnvironment(profile));
  });

  test('D2: one edge less, from the platform to the policy of the queue, is noticed', () => {
    const isPolicy = ({ urn, type }: { urn: string; type: string }) => isKarpenters(urn) && type === 'aws:sqs/queuePolicy:QueuePolicy';
    const complaints = outlives?.check(cut(graph, () => true, isPolicy)) ?? [];
    expect(new Set(complaints.map((complaint) => complaint.split(' ')[0]))).toEqual(new Set([`${profile}-karpenter-interruptions-policy`]));
  });

  test('D2: nodes of Karpenter are let in until the cluster itself goes', () => {
    const accessless = cut(
      graph,
      ({ urn }) => isKarpenters(urn),
      ({ type }) => type === 'aws:eks/cluster:Cluster',
    );
    expect(entry?.check(accessless)).toContain(`${profile}-cluster-eks may go before ${profile}-karpenter-access`);
  });
});

test('D2: whoever depends on what Karpenter says is ready goes before every resource of it', async () => {
  const { graph } = await record(() => {
    const name = 'weir-prod';
    const cluster = { name, arn: `arn:aws:eks:eu-west-1:123456789012:cluster/${name}` };
    const place = { account: '123456789012', partition: 'aws', region: 'eu-west-1' };
    const karpenter = new KarpenterCloud('prod-karpenter', {
      ...place,
      cluster,
      clusterName: name,
      volumeKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      cacheRepositories: ['arn:aws:ecr:eu-west-1:123456789012:repository/weir-prod/quay/*'],
    });
    return void new aws.ssm.Parameter('pool', { name: 'pool', type: 'String', value: '1' }, { dependsOn: [...karpenter.ready] });
  });
  const rule = before(
    'D2',
    'a NodePool goes first',
    ({ name }) => name === 'pool',
    ({ urn, custom }) => custom && isKarpenters(urn),
  );
  expect(rule.check(graph)).toEqual([]);
  const kinds = [
    'role',
    'rolePolicy',
    'queue',
    'queuePolicy',
    'eventRule',
    'eventTarget',
    'accessEntry',
    'instanceProfile',
    'podIdentityAssociation',
  ];
  expect(kinds.filter((kind) => ![...graph.values()].some(({ type }) => type.includes(`/${kind}:`)))).toEqual([]);
});
