import type { Reader } from '../../reader.ts';
import type { GraphRule, Problem } from '../../rule.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const GROUP = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';

const network = (ingress: readonly unknown[]) => [
  { type: VPC, name: 'net', props: { cidrBlock: '10.20.0.0/16' } },
  { type: GROUP, name: 'default', props: { ingress, egress: [] }, options: { dependencies: ['net'] } },
];

export const vpcDefaultSgClosed: GraphRule = {
  kind: 'graph',
  id: 'vpc-default-sg-closed',
  title: 'the default security group of a VPC lets nothing through',
  reason: 'Whatever is launched without a group gets this one, which by default lets its members talk to each other and to everybody.',
  remedy: 'Let components/network make it, or adopt it by an aws.ec2.DefaultSecurityGroup with empty ingress and egress.',
  severity: 'medium',
  ids: ['AWS-0173', 'CKV2_AWS_12', 'CIS AWS 5.4'],
  scope: 'any',
  needs: ['dependencies'],
  check: (graph) => [
    ...graph.each(VPC, ({ resource, reader }) =>
      graph.needing(resource.urn, GROUP).length > 0 ? [] : [reader.problem('', 'keeps the rules of its default security group')],
    ),
    ...graph.each(GROUP, ({ reader }) => [...opened(reader, 'ingress', 'in'), ...opened(reader, 'egress', 'out')]),
  ],
  pass: network([]),
  fail: network([{ protocol: '-1', fromPort: 0, toPort: 0, self: true }]),
};

/** What is left out is closed: the provider takes every rule away when it adopts the group. */
function opened(group: Reader, path: string, way: string): readonly Problem[] {
  return group.list(path).length === 0 ? [] : [group.problem(path, `lets traffic ${way}`)];
}
