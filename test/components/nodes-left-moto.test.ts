import {
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { noNodesLeft } from '../../components/nodes/no-nodes-left.ts';
import { type Moto, missingMoto, startMoto } from '../support/moto.ts';

const region = 'eu-west-1';
const clusterName = 'weir-prod';

/** As Karpenter tags its nodes. */
const OURS = { 'karpenter.sh/nodepool': 'general', [`kubernetes.io/cluster/${clusterName}`]: 'owned' };

describe.skipIf(missingMoto() !== null)('against an EC2 that others have written', () => {
  let moto: Moto;
  let client: EC2Client;
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value);
    client = new EC2Client({ region });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    client.destroy();
    await moto[Symbol.asyncDispose]();
  });

  async function run(tags: Readonly<Record<string, string>>): Promise<string> {
    const { Instances = [] } = await client.send(
      new RunInstancesCommand({
        ImageId: 'ami-0123456789abcdef0', // it takes any
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: 'instance', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }],
      }),
    );
    return Instances[0]?.InstanceId ?? '';
  }

  /** An interface that nothing is attached to, as the CNI tags its own. */
  async function loose(cluster: string): Promise<string> {
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId ?? '', CidrBlock: '10.9.0.0/24' }));
    const tags = { 'cluster.k8s.amazonaws.com/name': cluster, 'node.k8s.amazonaws.com/instance_id': 'i-0' };
    const { NetworkInterface } = await client.send(
      new CreateNetworkInterfaceCommand({
        SubnetId: Subnet?.SubnetId ?? '',
        TagSpecifications: [{ ResourceType: 'network-interface', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }],
      }),
    );
    return NetworkInterface?.NetworkInterfaceId ?? '';
  }

  const end = (...InstanceIds: string[]) => client.send(new TerminateInstancesCommand({ InstanceIds }));
  /** What was said, one text for each minute that was waited; `meanwhile` happens at the first. */
  async function wait(nodeGroup?: string, meanwhile: () => Promise<unknown> = async () => undefined): Promise<readonly string[]> {
    const said: string[] = [];
    const happened: Promise<unknown>[] = [];
    const say = (text: string): void => {
      if (said.push(text) === 1) happened.push(meanwhile());
    };
    await noNodesLeft({ region, clusterName, pace: 1e-3, say, ...(nodeGroup === undefined ? {} : { nodeGroup }) });
    await Promise.all(happened);
    return said;
  }

  test("another cluster's nodes, and machines that are no nodes of Karpenter's, hold nothing up", async () => {
    const others = [
      await run({ 'karpenter.sh/nodepool': 'general', 'kubernetes.io/cluster/weir-dev': 'owned' }),
      await run({ [`kubernetes.io/cluster/${clusterName}`]: 'owned', 'eks:cluster-name': clusterName, 'eks:nodegroup-name': 'system-1' }),
    ];
    expect(await wait()).toEqual([]);
    await end(...others);
  });

  test('the wait is over when the last node has been ended', async () => {
    const nodes = [await run(OURS), await run(OURS)];
    const said = await wait(undefined, () => end(...nodes));
    expect(said[0]).toMatch(/^waiting for 2 nodes of Karpenter: i-\w+ \(general, running\), i-\w+ \(general, running\)$/);
  });

  test('a group that is replaced by another of the same cluster waits for nothing', async () => {
    const nodes = [
      await run(OURS),
      await run({ 'eks:cluster-name': clusterName, 'eks:nodegroup-name': 'system-1' }),
      await run({ 'eks:cluster-name': clusterName, 'eks:nodegroup-name': 'system-2' }),
    ];
    expect(await wait('system-1')).toEqual([]);
    await end(...nodes);
  });

  test("interfaces that pods of this cluster have left behind are waited for, and no other cluster's", async () => {
    const other = await loose('weir-dev');
    expect(await wait()).toEqual([]);
    const left = await loose(clusterName);
    const said = await wait(undefined, () => client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: left })));
    expect(said[0]).toBe(`waiting for 1 interface of pods whose node has ended: ${left}`);
    await client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: other }));
  });
});
