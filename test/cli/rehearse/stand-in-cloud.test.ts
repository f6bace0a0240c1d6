import { DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { Ledger } from '../../../cli/rehearse/ledger.ts';
import { startStandInCloud } from '../../../cli/rehearse/stand-in-cloud.ts';

test('one node of Karpenter’s runs until it was told once, then none; anything else is refused by name', async () => {
  const ledger = new Ledger();
  await using cloud = await startStandInCloud('eu-west-1', ledger);
  const client = new EC2Client({
    endpoint: cloud.env.AWS_ENDPOINT_URL ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 1,
  });
  const ask = async (Name: string) => {
    const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ Filters: [{ Name: 'tag-key', Values: [Name] }] }));
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  };
  expect(await ask('eks:nodegroup-name')).toEqual([]);
  expect(await ask('karpenter.sh/nodepool')).toEqual([
    expect.objectContaining({
      InstanceId: 'i-0',
      State: { Code: 16, Name: 'running' },
      Tags: [{ Key: 'karpenter.sh/nodepool', Value: 'rehearsal' }],
    }),
  ]);
  ledger.take();
  expect(await ask('karpenter.sh/nodepool')).toEqual([]);
  await expect(client.send(new DescribeVpcsCommand({}))).rejects.toThrow('a rehearsal has no DescribeVpcs');
  expect(cloud.asked).toEqual([
    { action: 'DescribeInstances', nodes: false, place: 0 },
    { action: 'DescribeInstances', nodes: true, place: 1 },
    { action: 'DescribeInstances', nodes: true, place: 3 },
    { action: 'DescribeVpcs', nodes: false, place: 4 },
  ]);
  client.destroy();
});
