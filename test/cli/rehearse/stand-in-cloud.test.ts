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
  const ask = async () => (await client.send(new DescribeInstancesCommand({}))).Reservations?.flatMap(({ Instances = [] }) => Instances) ?? [];
  expect(await ask()).toEqual([
    expect.objectContaining({
      InstanceId: 'i-0',
      State: { Code: 16, Name: 'running' },
      Tags: [{ Key: 'karpenter.sh/nodepool', Value: 'rehearsal' }],
    }),
  ]);
  ledger.take();
  expect(await ask()).toEqual([]);
  await expect(client.send(new DescribeVpcsCommand({}))).rejects.toThrow('a rehearsal has no DescribeVpcs');
  expect(cloud.asked).toEqual([
    { action: 'DescribeInstances', place: 0 },
    { action: 'DescribeInstances', place: 2 },
    { action: 'DescribeVpcs', place: 3 },
  ]);
  client.destroy();
});
