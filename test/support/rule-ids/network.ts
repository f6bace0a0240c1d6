import { textAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

const VPC = 'aws:ec2/vpc:Vpc';
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';
const DEFAULT_GROUP = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** 30-platform 2.1. */
export const NETWORK: readonly RuleId[] = [
  {
    ids: ['AWS-0178', 'CKV2_AWS_11'],
    title: 'a VPC keeps flow logs',
    types: [VPC],
    holds: (vpc, graph) => [...graph.values()].some((node) => node.type === FLOW_LOG && textAt(node.inputs, 'vpcId') === `${vpc.name}-id`),
    breaks: { type: FLOW_LOG },
  },
  {
    ids: ['AWS-0173', 'CKV2_AWS_12'],
    title: 'the default group of a VPC lets nothing through',
    types: [VPC],
    holds: (vpc, graph) =>
      [...graph.values()].some(
        ({ type, inputs }) =>
          type === DEFAULT_GROUP && textAt(inputs, 'vpcId') === `${vpc.name}-id` && isEmptyList(inputs.ingress) && isEmptyList(inputs.egress),
      ),
    breaks: { type: DEFAULT_GROUP, changes: { ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, self: true }] } },
  },
];
