import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { Problem, ResourceRule } from '../../rule.ts';

const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const GROUP = 'aws:eks/nodeGroup:NodeGroup';
const NODE_CLASS = 'karpenter.k8s.aws/EC2NodeClass';

const template = (httpPutResponseHopLimit: number) => [
  { type: TEMPLATE, props: { metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit } } },
];

export const nodeImdsv2Hop1: ResourceRule = {
  kind: 'resource',
  id: 'node-imdsv2-hop1',
  title: 'the identity of a node answers the node alone, and only with a token',
  reason:
    'A pod that reaches the metadata service takes the node’s role: it pulls every image and reads what every node may. One forged request is enough where no token is asked for.',
  remedy:
    'Let components/nodes make it, or set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1 in a launch template, or in the spec of an EC2NodeClass.',
  severity: 'high',
  ids: ['AWS-0130', 'CKV_AWS_79', 'CKV_AWS_341'],
  scope: 'any',
  mustBeKnown: ['metadataOptions.httpTokens', 'metadataOptions.httpPutResponseHopLimit', 'spec.metadataOptions.httpPutResponseHopLimit'],
  on: [TEMPLATE, GROUP, NODE_CLASS],
  check: (resource, _, { type }) => {
    if (type === GROUP) return ofGroup(resource);
    return keyOf(type) === NODE_CLASS ? ofNodeClass(resource) : ofTemplate(resource);
  },
  pass: template(1),
  fail: template(2),
};

/** EKS's own template asks for a token, and answers two hops: pods. */
function ofGroup(group: Reader): readonly Problem[] {
  return group.has('launchTemplate')
    ? []
    : [group.problem('launchTemplate', 'has no launch template: with EKS’s own, pods reach the node’s identity')];
}

function ofTemplate(template: Reader): readonly Problem[] {
  return template.part(() => {
    if (template.get('metadataOptions.httpEndpoint') === 'disabled') return [];
    return [
      ...template.expect('metadataOptions.httpTokens', (value) => value === 'required', 'answers requests without a token'), // EC2's default is optional
      ...template.part(() => {
        const hops = template.number('metadataOptions.httpPutResponseHopLimit'); // the image's default, which is 2 of Amazon Linux 2023
        if (hops === 1) return [];
        const problem = hops === undefined ? 'leaves the number of hops to the image' : farAway(hops);
        return [template.problem('metadataOptions.httpPutResponseHopLimit', problem)];
      }),
    ];
  });
}

/** Karpenter asks for a token and answers one hop unless it is told otherwise; before v1 it answered two. */
function ofNodeClass(nodeClass: Reader): readonly Problem[] {
  return nodeClass.part(() => {
    const options = 'spec.metadataOptions';
    if (nodeClass.get(`${options}.httpEndpoint`) === 'disabled') return [];
    return [
      ...nodeClass.expect(`${options}.httpTokens`, (value) => value === undefined || value === 'required', 'answers requests without a token'),
      ...nodeClass.part(() => {
        const hops = nodeClass.number(`${options}.httpPutResponseHopLimit`) ?? (nodeClass.text('apiVersion')?.endsWith('/v1') === true ? 1 : 2);
        return hops > 1 ? [nodeClass.problem(`${options}.httpPutResponseHopLimit`, farAway(hops))] : [];
      }),
    ];
  });
}

const farAway = (hops: number): string => `answers ${hops} hops away: pods reach the node’s identity`;
