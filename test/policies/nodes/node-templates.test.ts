import { describe, expect, test } from 'vitest';
import { nodeEncryptedVolumes } from '../../../policies/rules/nodes/node-encrypted-volumes.ts';
import { nodeImdsv2Hop1 } from '../../../policies/rules/nodes/node-imdsv2-hop1.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const GROUP = 'aws:eks/nodeGroup:NodeGroup';

describe('node-imdsv2-hop1', () => {
  test.each([
    ['metadataOptions.httpTokens', 'optional'],
    ['metadataOptions.httpTokens', undefined],
    ['metadataOptions.httpTokens', UNKNOWN],
    ['metadataOptions.httpPutResponseHopLimit', 2],
    ['metadataOptions.httpPutResponseHopLimit', '64'],
    ['metadataOptions.httpPutResponseHopLimit', undefined],
  ])('%s = %j breaks it there and nowhere else', (path, to) => {
    expect(foundIn(nodeImdsv2Hop1, changed(nodeImdsv2Hop1.pass, { path, to }))).toEqual([`example ${path}`]);
  });

  test('a metadata service that is off answers nobody', () => {
    expect(foundIn(nodeImdsv2Hop1, [{ type: TEMPLATE, props: { metadataOptions: { httpEndpoint: 'disabled' } } }])).toEqual([]);
  });

  const nodeClass = (metadataOptions: unknown, version = 'v1') => [
    { props: { apiVersion: `karpenter.k8s.aws/${version}`, kind: 'EC2NodeClass', metadata: { name: 'gpu' }, spec: { metadataOptions } } },
  ];
  const at = 'gpu spec.metadataOptions.';

  test.each([
    [undefined, []],
    [{ httpEndpoint: 'enabled' }, []],
    [{ httpTokens: 'required', httpPutResponseHopLimit: 1 }, []],
    [{ httpPutResponseHopLimit: 2 }, [`${at}httpPutResponseHopLimit`]],
    [{ httpTokens: 'optional' }, [`${at}httpTokens`]],
    [{ httpEndpoint: 'disabled', httpTokens: 'optional' }, []],
  ])('a class of Karpenter with %j is wrong at %j', (options, places) => {
    expect(foundIn(nodeImdsv2Hop1, nodeClass(options))).toEqual(places);
  });

  test('before v1 Karpenter answered two hops by itself', () => {
    expect(foundIn(nodeImdsv2Hop1, nodeClass(undefined, 'v1beta1'))).toEqual([`${at}httpPutResponseHopLimit`]);
  });

  test('a node group takes EKS’s template unless it names one', () => {
    expect(foundIn(nodeImdsv2Hop1, [{ type: GROUP, props: { launchTemplate: { id: UNKNOWN, version: '1' } } }])).toEqual([]);
    expect(foundIn(nodeImdsv2Hop1, [{ type: GROUP, props: { diskSize: 50 } }])).toEqual(['example launchTemplate']);
  });
});

describe('node-encrypted-volumes', () => {
  const disks = (...blockDeviceMappings: readonly unknown[]) => [{ type: TEMPLATE, props: { blockDeviceMappings } }];

  test('every disk counts, and one that is missing too', () => {
    const encrypted = { deviceName: '/dev/xvda', ebs: { encrypted: true } };
    expect(foundIn(nodeEncryptedVolumes, disks(encrypted, { deviceName: '/dev/xvdb', ebs: { volumeSize: 100 } }))).toEqual([
      'example blockDeviceMappings[1].ebs.encrypted',
    ]);
    expect(foundIn(nodeEncryptedVolumes, disks())).toEqual(['example blockDeviceMappings']);
    expect(foundIn(nodeEncryptedVolumes, disks(encrypted, { deviceName: '/dev/xvdc', virtualName: 'ephemeral0' }))).toEqual([]);
  });

  test('a disk of a snapshot is encrypted as the snapshot is', () => {
    expect(foundIn(nodeEncryptedVolumes, disks({ ebs: { snapshotId: 'snap-1' } }))).toEqual([]);
  });

  test('a class of Karpenter encrypts its own disks, and those that it is given only where it is told to', () => {
    const nodeClass = (...blockDeviceMappings: readonly unknown[]) => [
      { props: { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'gpu' }, spec: { blockDeviceMappings } } },
    ];
    expect(foundIn(nodeEncryptedVolumes, nodeClass())).toEqual([]);
    expect(foundIn(nodeEncryptedVolumes, nodeClass({ deviceName: '/dev/xvda', ebs: { volumeSize: '200Gi', encrypted: true } }))).toEqual([]);
    expect(foundIn(nodeEncryptedVolumes, nodeClass({ deviceName: '/dev/xvda', ebs: { volumeSize: '200Gi' } }))).toEqual([
      'gpu spec.blockDeviceMappings[0].ebs.encrypted',
    ]);
  });

  test('whether it is encrypted has to be known', () => {
    expect(foundIn(nodeEncryptedVolumes, disks({ ebs: { encrypted: UNKNOWN } }))).toEqual(['example blockDeviceMappings[0].ebs.encrypted']);
  });

  test('where the account encrypts every volume a template need not say it', () => {
    const account = (enabled: boolean) => [{ type: 'aws:ebs/encryptionByDefault:EncryptionByDefault', name: 'all', props: { enabled } }];
    expect(foundIn(nodeEncryptedVolumes, [...nodeEncryptedVolumes.fail, ...account(true)])).toEqual([]);
    expect(foundIn(nodeEncryptedVolumes, [...nodeEncryptedVolumes.fail, ...account(false)])).toHaveLength(1);
  });
});
