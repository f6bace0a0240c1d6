import type { GraphRule } from '../../rule.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';

export const vpcFlowLogs: GraphRule = {
  kind: 'graph',
  id: 'vpc-flow-logs',
  title: 'a VPC keeps a record of what was refused',
  reason: 'Without flow logs nobody can say afterwards who talked to whom, or why a connection never came.',
  remedy: 'Set weir:network.flowLogs to rejected, or add an aws.ec2.FlowLog for the VPC.',
  severity: 'medium',
  ids: ['AWS-0178', 'CKV2_AWS_11', 'CIS AWS 3.7'],
  scope: 'any',
  settings: ['network.flowLogs'],
  needs: ['dependencies'],
  check: (graph) =>
    graph.each(VPC, ({ resource, reader }) => (graph.needing(resource.urn, FLOW_LOG).length > 0 ? [] : [reader.problem('', 'keeps no flow log')])),
  pass: [
    { type: VPC, name: 'net', props: { cidrBlock: '10.20.0.0/16' } },
    { type: FLOW_LOG, name: 'log', props: { trafficType: 'REJECT', logDestinationType: 's3' }, options: { dependencies: ['net'] } },
  ],
  fail: [{ type: VPC, name: 'net', props: { cidrBlock: '10.20.0.0/16' } }],
};
