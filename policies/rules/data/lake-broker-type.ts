import type { Fixture, GraphRule } from '../../rule.ts';
import { isOn } from '../values.ts';

const CLUSTER = 'aws:msk/cluster:Cluster';
const STREAM = 'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream';
/** Brokers without multi-VPC private connectivity: MSK Developer Guide, multi-VPC private connectivity, requirements. */
const WITHOUT = ['kafka.t3.small'];

const lake = (instanceType: string): Fixture => [
  {
    type: CLUSTER,
    name: 'kafka',
    props: { brokerNodeGroupInfo: { instanceType, connectivityInfo: { vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } } } } },
  },
  {
    type: STREAM,
    name: 'predictions',
    props: { mskSourceConfiguration: { topicName: 'weir.predictions.shop', authenticationConfiguration: { connectivity: 'PRIVATE' } } },
    options: { dependencies: ['kafka'] },
  },
];

export const lakeBrokerType: GraphRule = {
  kind: 'graph',
  id: 'lake-broker-type',
  title: 'Firehose can reach the brokers that it reads from',
  reason:
    'The stream is created and stays empty: MSK cannot give Firehose a private connection, and labels and backfills find no predictions weeks later.',
  remedy: 'Set weir:kafka.instance to kafka.m7g.large, or set weir:lake to off; elsewhere change brokerNodeGroupInfo of the aws.msk.Cluster.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  settings: ['kafka.instance', 'lake'],
  needs: ['dependencies'],
  mustBeKnown: ['brokerNodeGroupInfo.instanceType'],
  check: (graph) =>
    graph.each(CLUSTER, ({ resource, reader }) => {
      const streams = graph
        .needing(resource.urn, STREAM)
        .filter((stream) => stream.reader.get('mskSourceConfiguration.authenticationConfiguration.connectivity') === 'PRIVATE');
      if (streams.length === 0) return [];
      return [
        ...reader.expect(
          'brokerNodeGroupInfo.instanceType',
          (value) => !WITHOUT.some((type) => type === value),
          'has brokers of a type that Firehose cannot reach',
        ),
        ...reader.expect(
          'brokerNodeGroupInfo.connectivityInfo.vpcConnectivity.clientAuthentication.sasl.iam',
          isOn,
          'lets no role in from another VPC, and Firehose is in one',
        ),
      ];
    }),
  pass: lake('kafka.m7g.large'),
  fail: lake('kafka.t3.small'),
};
