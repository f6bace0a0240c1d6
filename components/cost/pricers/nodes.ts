import { InputReader } from '../input-reader.ts';
import { assumed, fixed, HOURS, type Line, type Pricer, type PricingContext } from '../line.ts';

const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';
/** What a gp3 volume has without extra charge. */
const INCLUDED = { iops: 3000, mbps: 125 };
/** Root volumes of the nodes that Karpenter starts (30-platform, 2.3). */
const ROOT = { cpuNodeHours: { gib: 50, mbps: INCLUDED.mbps }, gpuHours: { gib: 200, mbps: 600 } };

/** Instances at their desired size; Karpenter and the autoscaler may change it. */
const nodeGroup: Pricer = (inputs, context, node) => {
  const template = context.dependenciesOf(node).find(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate');
  const launch = new InputReader(template?.inputs ?? {});
  const count = inputs.number('scalingConfig.desiredSize', 1);
  const type = inputs.text('instanceTypes.0', launch.text('instanceType', 't3.medium'));
  const spot = inputs.text('capacityType', 'ON_DEMAND') === 'SPOT';
  const volumes = volumeLines(launch, count, inputs.number('diskSize', 20));
  const first = context.nodes(NODE_GROUP)[0]?.urn === node.urn;
  return [
    fixed(`${type} nodes`, `ec2.${type}`, count * HOURS, spot ? 'at the on-demand price: spot changes by the hour' : undefined),
    ...volumes,
    ...(first ? karpenterNodes(context) : []),
  ];
};

/** @param otherwise the size of the root volume in GiB when no template says it */
function volumeLines(launch: InputReader, count: number, otherwise: number): readonly Line[] {
  const mappings = launch.size('blockDeviceMappings');
  if (mappings === 0) return [fixed('root volumes', 'ebs.gp3.gb', count * otherwise)];
  if (Number.isNaN(mappings)) return [fixed('root volumes', 'ebs.gp3.gb', Number.NaN)];
  return Array.from({ length: mappings }, (_, index) => `blockDeviceMappings.${index}.ebs`).flatMap((at) => [
    fixed('node volumes', `ebs.${launch.text(`${at}.volumeType`, 'gp3')}.gb`, count * launch.number(`${at}.volumeSize`, otherwise)),
    ...beyond('IOPS of node volumes', 'ebs.gp3.iops', count, launch.number(`${at}.iops`, INCLUDED.iops) - INCLUDED.iops),
    ...beyond('throughput of node volumes', 'ebs.gp3.mbps', count, launch.number(`${at}.throughput`, INCLUDED.mbps) - INCLUDED.mbps),
  ]);
}

function beyond(what: string, price: string, count: number, more: number): readonly Line[] {
  return more <= 0 ? [] : [fixed(what, price, count * more)];
}

/** Nodes of Karpenter are no resources of a stack: their hours are assumptions, and their volumes follow from them. */
export function karpenterNodes({ usage }: PricingContext): readonly Line[] {
  const families = [
    { key: 'cpuNodeHours' as const, what: 'CPU nodes of Karpenter' },
    { key: 'gpuHours' as const, what: 'GPU nodes of Karpenter' },
  ];
  return families.flatMap(({ key, what }) => {
    const hours = Object.entries(usage[key]).filter(([, count]) => count > 0);
    const months = hours.reduce((sum, [, count]) => sum + count, 0) / HOURS;
    if (months === 0) return [];
    const { gib, mbps } = ROOT[key];
    return [
      ...hours.map(([type, count]) => assumed(`${what}, ${type}`, `ec2.${type}`, count, key, 'on-demand; spot and reserved cost less')),
      assumed(`volumes of ${what}`, 'ebs.gp3.gb', months * gib, key),
      ...(mbps > INCLUDED.mbps ? [assumed(`volume throughput of ${what}`, 'ebs.gp3.mbps', months * (mbps - INCLUDED.mbps), key)] : []),
    ];
  });
}

export const nodePricers: Readonly<Record<string, Pricer>> = { [NODE_GROUP]: nodeGroup };
