import { beforeAll, describe, expect, test } from 'vitest';
import { needs, nodesOf } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { recordCluster, SETTINGS } from './cluster-args.ts';

const BUCKET = 'arn:aws:s3:::weir-prod-logs-1a2b3c';
const policyOf = (graph: Graph, name: RegExp): unknown => JSON.parse(String(nodesOf(graph, 'aws:iam/rolePolicy:RolePolicy', name)[0]?.inputs.policy));

describe("the control plane's logs", () => {
  let graph: Graph;
  beforeAll(async () => {
    ({ graph } = await recordCluster({ logBucketArn: BUCKET }));
  });

  test('go on to the bucket, all of them, as they come', () => {
    const [filter] = nodesOf(graph, 'aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter');
    const [stream] = nodesOf(graph, 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream');
    expect(filter?.inputs).toMatchObject({ logGroup: '/aws/eks/weir-prod/cluster', filterPattern: '' });
    expect(stream?.inputs.extendedS3Configuration).toMatchObject({ bucketArn: BUCKET, compressionFormat: 'UNCOMPRESSED', fileExtension: '.json.gz' });
    expect(needs(graph, filter?.urn ?? '')).toContain(stream?.urn);
  });

  test('lie below the prefix whose life the bucket knows, failures too', () => {
    const [stream] = nodesOf(graph, 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream');
    expect(stream?.inputs.extendedS3Configuration).toMatchObject({
      prefix: expect.stringMatching(/^control-plane\/weir-prod\//),
      errorOutputPrefix: expect.stringMatching(/^control-plane\/failed\/weir-prod\/!\{firehose:error-output-type\}\//),
    });
  });

  test('CKV_AWS_240, CKV_AWS_241: are encrypted on the way with the key of logs', () => {
    expect(nodesOf(graph, 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream')[0]?.inputs.serverSideEncryption).toEqual({
      enabled: true,
      keyType: 'CUSTOMER_MANAGED_CMK',
      keyArn: SETTINGS.logsKeyArn,
    });
  });

  test('are written by a role that reaches this bucket below this prefix, and sent by one that reaches this stream', () => {
    expect(policyOf(graph, /writer-policy$/)).toMatchObject({ Statement: [{ Resource: [BUCKET, `${BUCKET}/control-plane/*`] }, {}] });
    expect(policyOf(graph, /sender-policy$/)).toMatchObject({
      Statement: [{ Resource: ['arn:aws:firehose:eu-west-1:123456789012:deliverystream/weir-prod-control-plane-logs'] }],
    });
  });

  test('are not lost at start: each role has its rights before it is used', () => {
    for (const [user, rights] of [
      ['aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream', /writer-policy$/],
      ['aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter', /sender-policy$/],
    ] as const) {
      const [policy] = nodesOf(graph, 'aws:iam/rolePolicy:RolePolicy', rights);
      expect(needs(graph, nodesOf(graph, user)[0]?.urn ?? '')).toContain(policy?.urn);
    }
  });

  test('leave a trace when they cannot be delivered', () => {
    const [failures] = nodesOf(graph, 'aws:cloudwatch/logGroup:LogGroup', /failures$/);
    expect(failures?.inputs).toMatchObject({ retentionInDays: 90, kmsKeyId: SETTINGS.logsKeyArn });
  });
});

test('without a bucket nothing of it exists', async () => {
  const { graph } = await recordCluster();
  expect([...graph.values()].filter(({ name }) => name.includes('log-export'))).toEqual([]);
});
