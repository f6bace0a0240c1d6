import { UNKNOWN } from '../input-reader.ts';
import { fixed, HOURS, type Line, type Pricer } from '../line.ts';
import { traffic } from './network.ts';
import { karpenterNodes } from './nodes.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

/** EKS's own default is EXTENDED: such a cluster goes on after standard support and is charged more. */
const cluster: Pricer = (inputs, context, node) => {
  const version = inputs.text('version', UNKNOWN);
  const mayExtend = inputs.text('upgradePolicy.supportType', 'EXTENDED') !== 'STANDARD';
  const extended = mayExtend && context.inExtendedSupport(version);
  const tier = inputs.text('controlPlaneScalingConfig.tier', 'standard');
  const note = mayExtend && !extended ? { note: 'rises when standard support of the version ends: supportType is not STANDARD' } : {};
  const first = context.nodes(CLUSTER)[0]?.urn === node.urn;
  const lines: readonly Line[] = [
    { ...fixed('EKS control plane', 'eks.hour', HOURS), ...note },
    ...(extended ? [fixed(`extended support of Kubernetes ${version}`, 'eks.extended.hour', HOURS)] : []),
    ...(tier === 'standard' ? [] : [fixed(`provisioned control plane ${tier}`, `eks.${tier}.hour`, HOURS)]),
    ...(first && context.nodes('aws:ec2/vpc:Vpc').length === 0 ? traffic(context) : []),
    ...(first && context.nodes('aws:eks/nodeGroup:NodeGroup').length === 0 ? karpenterNodes(context) : []),
  ];
  return lines;
};

export const clusterPricers: Readonly<Record<string, Pricer>> = { [CLUSTER]: cluster };
