import type { Recording, World } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { Cluster } from '../../components/cluster/cluster.ts';
import type { ClusterArgs } from '../../components/cluster/plan.ts';
import { Network } from '../../components/network/network.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

const ACCOUNT = '123456789012';
const key = (what: string) => `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${what}`;

/** An ARN of a role in the account. */
export const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** Whole arguments but for what lies below the cluster. */
export const SETTINGS: Omit<ClusterArgs, 'vpcId' | 'controlPlaneSubnetIds' | 'networkReady' | 'hooks'> = {
  clusterName: 'weir-prod',
  account: ACCOUNT,
  partition: 'aws',
  region: 'eu-west-1',
  version: '1.35',
  networkCidr: '10.20.0.0/16',
  logs: ['api', 'audit'],
  logDays: 90,
  keyArn: key('cluster'),
  logsKeyArn: key('logs'),
  access: { deploy: role('deploy') },
  dataPolicy: 'keep',
};

/** Records a network with a cluster on it, and whatever `use` does with it. */
export function recordCluster(
  args: Partial<ClusterArgs> = {},
  world: World = {},
  use: (cluster: Cluster) => unknown = () => undefined,
): Promise<Recording> {
  const program = () => {
    const hooks = makeHooks({ region: 'eu-west-1', clusterName: 'weir-prod' });
    const zones = ['eu-west-1a', 'eu-west-1b'];
    const { account, partition, region, networkCidr: cidr, clusterName } = SETTINGS;
    const network = new Network('prod-network', { account, partition, region, cidr, zones, clusterName, hooks });
    const { vpcId, controlPlaneSubnetIds, ready: networkReady } = network;
    const cluster = new Cluster('prod-cluster', { ...SETTINGS, vpcId, controlPlaneSubnetIds, networkReady, hooks, ...args });
    use(cluster);
    return { kubeconfig: cluster.kubeconfig, ready: cluster.ready.map(({ urn }) => urn) };
  };
  return record(program, { stack: 'prod', state: standInCloud().state, ...world });
}
