import { CreateNetworkInterfaceCommand, CreateSubnetCommand, CreateVpcCommand, DeleteNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { noBalancerLeft } from '../../components/gateway/no-balancer-left.ts';
import { type Moto, missingMoto, startMoto } from '../support/moto.ts';

const region = 'eu-west-1';
const balancer = 'weir-prod';

test('an EC2 that does not answer is no proof that the load balancer is gone', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  await expect(noBalancerLeft({ region, balancer, pace: 1e-3 })).rejects.toThrow('EC2 did not say whether it is gone');
  vi.unstubAllEnvs();
});

describe.skipIf(missingMoto() !== null)('against an EC2 that others have written', () => {
  let moto: Moto;
  let client: EC2Client;
  let SubnetId = '';
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value);
    client = new EC2Client({ region });
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
    const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.20.1.0/24' }));
    SubnetId = Subnet?.SubnetId ?? '';
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    client.destroy();
    await moto[Symbol.asyncDispose]();
  });

  async function attach(Description: string): Promise<string> {
    const { NetworkInterface } = await client.send(new CreateNetworkInterfaceCommand({ SubnetId, Description }));
    return NetworkInterface?.NetworkInterfaceId ?? '';
  }

  test('interfaces of other load balancers, whose names may begin alike, hold nothing up', async () => {
    await attach('ELB net/weir-prod-2/0123456789abcdef');
    await attach('ELB app/weir-prod/0123456789abcdef');
    const said: string[] = [];
    await noBalancerLeft({ region, balancer, pace: 1e-3, say: (text) => void said.push(text) });
    expect(said).toEqual([]);
  });

  test('it waits until the last interface is gone', async () => {
    const id = await attach('ELB net/weir-prod/0123456789abcdef');
    const said: string[] = [];
    const gone: Promise<unknown>[] = [];
    const say = (text: string): void => {
      said.push(text);
      if (said.length === 1) gone.push(client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })));
    };
    await noBalancerLeft({ region, balancer, pace: 1e-3, say });
    await Promise.all(gone);
    expect(said[0]).toMatch(new RegExp(`^waiting for load balancer weir-prod: ${id} \\(eu-west-1`));
  });

  test('one that stays is told with what to do', async () => {
    const id = await attach('ELB net/weir-prod/fedcba9876543210');
    const waiting = noBalancerLeft({ region, balancer, pace: 1e-5 });
    await expect(waiting).rejects.toThrow(`still has ${id}`);
    await expect(waiting).rejects.toThrow('run an `up` with dataPolicy: drop first');
  });
});
