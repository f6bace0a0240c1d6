import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { numberOf } from '../values.ts';
import { CONFIGURATION, serverPropertiesOf } from './server-properties.ts';

const CLUSTER = 'aws:msk/cluster:Cluster';
const TOPIC = 'aws:msk/topic:Topic';
const COPIES = 3;

/** Properties that say how many copies there are; left out, MSK makes three in three zones. */
const FACTORS = ['default.replication.factor', 'offsets.topic.replication.factor', 'transaction.state.log.replication.factor'];

const fewerThan = (least: number) => (value: unknown) => value === undefined || numberOf(value) >= least;

/** Two of three: an acknowledged record outlives a broker, and writers outlive a broker's restart. MSK's own number is 2 in three zones. */
function configurationProblems(configuration: Reader): readonly Problem[] {
  const properties = serverPropertiesOf(configuration);
  const problem = (text: string): Problem => configuration.problem('serverProperties', text);
  const inSync = Number(properties.get('min.insync.replicas') ?? COPIES - 1);
  const copies = Number(properties.get('default.replication.factor') ?? COPIES);
  return [
    ...FACTORS.filter((name) => Number(properties.get(name) ?? COPIES) < COPIES).map((name) => problem(`has ${name} below ${COPIES}`)),
    ...(inSync < 2 ? [problem('acknowledges a record that one broker alone has')] : []),
    ...(inSync >= copies && copies >= COPIES
      ? [problem('stops every writer while one broker restarts: min.insync.replicas is the number of copies')]
      : []),
    ...(properties.get('unclean.leader.election.enable')?.toLowerCase() === 'true'
      ? [problem('drops acknowledged records rather than wait for a broker')]
      : []),
  ];
}

function clusterProblems(cluster: Reader): readonly Problem[] {
  return [
    ...cluster.expect('numberOfBrokerNodes', fewerThan(COPIES), `has fewer than ${COPIES} brokers`),
    ...cluster.part(() =>
      cluster.list('brokerNodeGroupInfo.clientSubnets').length < COPIES
        ? [cluster.problem('brokerNodeGroupInfo.clientSubnets', `has brokers in fewer than ${COPIES} zones`)]
        : [],
    ),
  ];
}

export const mskReplication: ResourceRule = {
  kind: 'resource',
  id: 'msk-replication',
  title: 'a record has three copies, and counts as written when two have it',
  reason: 'With fewer, the loss of one broker or its monthly patching loses predictions and labels, or stops whoever writes them.',
  remedy:
    'Set weir:kafka.replication to 3 and weir:kafka.minInSync to 2, in three zones; elsewhere set default.replication.factor=3 and min.insync.replicas=2 in serverProperties, and replicationFactor of topics.',
  severity: 'high',
  ids: [],
  scope: 'any',
  exempt: { dev: 'A first environment has two small brokers: its records are worth no third copy.' },
  settings: ['kafka.replication', 'kafka.minInSync', 'kafka.brokers', 'network.zones'],
  mustBeKnown: ['numberOfBrokerNodes', 'replicationFactor'],
  on: [CLUSTER, CONFIGURATION, TOPIC],
  check: (resource, _, { type }) => {
    if (keyOf(type) === CLUSTER) return clusterProblems(resource);
    if (keyOf(type) === CONFIGURATION) return configurationProblems(resource);
    return resource.expect('replicationFactor', fewerThan(COPIES), `has fewer than ${COPIES} copies of its records`);
  },
  pass: [
    { type: CLUSTER, props: { numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'] } } },
    { type: CONFIGURATION, props: { serverProperties: 'default.replication.factor=3\nmin.insync.replicas=2\n' } },
    { type: TOPIC, props: { name: 'weir.verdicts', partitionCount: 1, replicationFactor: 3 } },
  ],
  fail: [
    { type: CLUSTER, props: { numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'] } } },
    { type: CONFIGURATION, props: { serverProperties: 'default.replication.factor=3\nmin.insync.replicas=1\n' } },
    { type: TOPIC, props: { name: 'weir.verdicts', partitionCount: 1, replicationFactor: 3 } },
  ],
};
