import * as k8s from '@pulumi/kubernetes';
import { expect, test } from 'vitest';
import { kedaValues } from '../../charts/values/keda.ts';
import { Autoscaling } from '../../components/autoscaling/autoscaling.ts';
import { queueTrigger } from '../../runtime/model/render/queue-scale.ts';
import { ENVIRONMENT } from '../model/render/models.ts';
import { CLICKS } from '../model/render/queue-models.ts';
import { chartKeys, unknownKeys } from '../support/chart-keys.ts';
import { graphOf, needsOf, statementsOf, theOne } from './graphs.ts';

const KAFKA = 'arn:aws:kafka:eu-west-1:123456789012:cluster/weir-test/0b5e6b1c-7';

const autoscaling = () =>
  graphOf(() => {
    const provider = new k8s.Provider('test-kubernetes', {});
    const before = new k8s.core.v1.ConfigMap('before', {}, { provider });
    const args = {
      clusterName: 'weir-test',
      rolePrefix: 'weir-test',
      account: '123456789012',
      kafkaArn: KAFKA,
      replicas: 2,
      ownNodes: true,
    } as const;
    return new Autoscaling('test-autoscaling', { ...args, after: [before] }, { providers: [provider] });
  });

test('the role outlives the operator, and the operator what it stands on', async () => {
  const graph = await autoscaling();
  const needed = needsOf(graph, theOne(graph, 'kubernetes:helm.sh/v3:Release'));
  expect(needed).toEqual(
    expect.arrayContaining(['before', 'test-autoscaling-role-role', 'test-autoscaling-role-policy', 'test-autoscaling-role-keda-operator']),
  );
});

test('the role sees how far groups and topics are, and reads no record', async () => {
  const graph = await autoscaling();
  const statements = Object.values(statementsOf(theOne(graph, 'aws:iam/rolePolicy:RolePolicy').inputs.policy));
  expect(statements.flatMap(({ Action }) => Action)).toEqual(['kafka-cluster:Connect', 'kafka-cluster:DescribeTopic', 'kafka-cluster:DescribeGroup']);
  expect(statements.flatMap(({ Resource }) => Resource)).toEqual([
    KAFKA,
    'arn:aws:kafka:eu-west-1:123456789012:topic/weir-test/0b5e6b1c-7/*',
    'arn:aws:kafka:eu-west-1:123456789012:group/weir-test/0b5e6b1c-7/*',
  ]);
  const triggers = JSON.stringify(queueTrigger(CLICKS, ENVIRONMENT));
  expect(triggers).toContain('aws_msk_iam'); // what the role is for
});

test.each([1, 2] as const)('with %i replica(s) a budget is there exactly when one may go, and the chart knows every value', (replicas) => {
  const values = kedaValues({ replicas, ownNodes: true });
  const budget = replicas === 1 ? {} : { maxUnavailable: 1 };
  expect(values.podDisruptionBudget).toEqual({ operator: budget, metricServer: budget, webhooks: budget });
  for (const part of [values.operator, values.metricsServer, values.webhooks]) expect(part).toMatchObject({ replicaCount: replicas });
  const keys = chartKeys('keda');
  expect(keys === null ? ['no list'] : unknownKeys(values, keys)).toEqual([]);
});

test('the operator reads no Secret of a tenant', () => {
  expect(kedaValues({ replicas: 2, ownNodes: true }).permissions).toEqual({
    operator: { restrict: { secret: true } },
    metricServer: { restrict: { secret: true } },
  });
});
