import type { Reader } from '../../reader.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { GraphRule, Problem } from '../../rule.ts';
import { isOff, isOn } from '../values.ts';

const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const NODE_CLASS = 'karpenter.k8s.aws/EC2NodeClass';
/** Switches encryption on for every volume of the account and region. */
const BY_DEFAULT = 'aws:ebs/encryptionByDefault:EncryptionByDefault';

const template = (encrypted: string) => [
  { type: TEMPLATE, props: { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted, volumeSize: 50, volumeType: 'gp3' } }] } },
];

export const nodeEncryptedVolumes: GraphRule = {
  kind: 'graph',
  id: 'node-encrypted-volumes',
  title: 'the disks of nodes are encrypted',
  reason: 'Model files, features and tokens of pods lie on a node’s disk; a snapshot of it that leaves the account takes them along.',
  remedy:
    'Let components/nodes make it, or set blockDeviceMappings.ebs.encrypted to true in the launch template or the EC2NodeClass, the root device included.',
  severity: 'high',
  ids: ['AWS-0131'],
  scope: 'any',
  mustBeKnown: ['blockDeviceMappings.ebs.encrypted', 'spec.blockDeviceMappings.ebs.encrypted'],
  check: (graph) => {
    if (encryptedByDefault(graph)) return [];
    return [
      ...graph.each(TEMPLATE, ({ reader }) => ofTemplate(reader)),
      ...graph.each(NODE_CLASS, ({ reader }) => inClear(reader.list('spec.blockDeviceMappings'))), // what names none gets Karpenter's own, encrypted
    ];
  },
  pass: template('true'),
  fail: template('false'),
};

const encryptedByDefault = (graph: ResourceGraph): boolean =>
  graph.of(BY_DEFAULT).some(({ reader }) => !reader.has('enabled') || !isOff(reader.get('enabled')));

function ofTemplate(template: Reader): readonly Problem[] {
  const disks = template.list('blockDeviceMappings').filter((device) => device.has('ebs'));
  if (disks.length === 0) return [template.problem('blockDeviceMappings', 'leaves its disks to the image, and they are not encrypted')];
  return inClear(disks);
}

function inClear(disks: readonly Reader[]): readonly Problem[] {
  return disks.flatMap((disk) => {
    if (!disk.has('ebs')) return [];
    const inherits = disk.has('ebs.snapshotId') && !disk.has('ebs.encrypted'); // a snapshot's volume is encrypted as the snapshot is
    return inherits || isOn(disk.get('ebs.encrypted')) ? [] : [disk.problem('ebs.encrypted', 'does not encrypt a disk')];
  });
}
