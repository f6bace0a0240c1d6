import type { GraphRule } from '../../rule.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';

export const vpcFlowLogs: GraphRule = {
  kind: 'graph',
  id: 'vpc-flow-logs',
  title: 'a VPC keeps a record of what was refused',
  reason: 'Without flow logs nobody can say afterwards who talked to whom, or why a connection never came.',
  remedy: 'Set weir:network.flowLogs to rejected, or add an aws.ec2.FlowLog for the VPC, with trafficType REJECT or ALL.',
  severity: 'medium',
  ids: ['AWS-0178', 'CKV2_AWS_11', 'CIS AWS 3.7'],
  scope: 'any',
  settings: ['network.flowLogs'],
  needs: ['dependencies'],
  check: (graph) =>
    graph.each(VPC, ({ resource, reader }) => {
      const logs = graph.needing(resource.urn, FLOW_LOG);
      if (logs.length === 0) return [reader.problem('', 'keeps no flow log')];
      return logs.some((log) => log.reader.get('trafficType') !== 'ACCEPT')
        ? []
        : [reader.problem('', 'keeps a flow log of what was let through alone')];
    }),
  pass: [
    { type: VPC, name: 'net', props: { cidrBlock: '10.20.0.0/16' } },
    { type: FLOW_LOG, name: 'log', props: { trafficType: 'REJECT', logDestinationType: 's3' }, options: { dependencies: ['net'] } },
  ],
  fail: [{ type: VPC, name: 'net', props: { cidrBlock: '10.20.0.0/16' } }],
};
