import * as aws from '@pulumi/aws';
import { expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import { checkNode, Sdks } from '../support/inputs/check-node.ts';
import { cloudState } from '../support/inputs/cloud.ts';

test('x', async () => {
  const sdks = new Sdks();
  const state = cloudState(sdks);
  const { graph } = await record(
    () => {
      const key = new aws.kms.Key('k', { enableKeyRotation: true });
      const vpc = new aws.ec2.Vpc('v', { cidrBlock: '10.0.0.0/16' });
      const subnet = new aws.ec2.Subnet('s', { vpcId: vpc.id, cidrBlock: '10.0.1.0/24' });
      new aws.eks.Cluster('c', {
        roleArn: 'x',
        vpcConfig: { subnetIds: [subnet.id], foo: 1 } as any,
        encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] },
        enabledClusterLogTypes: [1] as any,
        tags: { a: 'b' },
      });
      new aws.s3.Bucket('b', { acl: 'private' });
    },
    { state },
  );
  const c = process.cpuUsage();
  for (const n of graph.values()) console.log(n.type, JSON.stringify(n.inputs), checkNode(n, sdks));
  console.log(process.cpuUsage(c).user / 1000);
  expect(1).toBe(1);
});
