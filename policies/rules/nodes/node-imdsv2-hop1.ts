import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';

const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const GROUP = 'aws:eks/nodeGroup:NodeGroup';

const template = (httpPutResponseHopLimit: number) => [
  { type: TEMPLATE, props: { metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit } } },
];

export const nodeImdsv2Hop1: ResourceRule = {
  kind: 'resource',
  id: 'node-imdsv2-hop1',
  title: 'the identity of a node answers the node alone, and only with a token',
  reason:
    'A pod that reaches the metadata service takes the node’s role: it pulls every image and reads what every node may. One forged request is enough where no token is asked for.',
  remedy: 'Let components/nodes make it, or set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1 in a launch template.',
  severity: 'high',
  ids: ['AWS-0130', 'CKV_AWS_79', 'CKV_AWS_341'],
  scope: 'any',
  mustBeKnown: ['metadataOptions.httpTokens', 'metadataOptions.httpPutResponseHopLimit'],
  on: [TEMPLATE, GROUP],
  check: (resource, _, { type }) => (type === GROUP ? ofGroup(resource) : ofTemplate(resource)),
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
        const problem = hops === undefined ? 'leaves the number of hops to the image' : `answers ${hops} hops away: pods reach the node’s identity`;
        return [template.problem('metadataOptions.httpPutResponseHopLimit', problem)];
      }),
    ];
  });
}
