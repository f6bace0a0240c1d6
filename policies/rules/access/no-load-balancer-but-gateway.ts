import { NEW_OR_CHANGED, SERVICE_KIND, WAY_IN } from '../../admission/cel.ts';
import { NAMESPACES } from '../../facts.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleService } from './example.ts';

export const noLoadBalancerButGateway: ResourceRule = {
  kind: 'resource',
  id: 'no-load-balancer-but-gateway',
  title: 'the gateway is the only way in',
  reason: 'What has a door of its own is called without a token, without a limit and without a record, and costs a load balancer.',
  remedy: 'Use type ClusterIP: models are called at the host of their tenant, and pages of people by a route of the gateway.',
  severity: 'high',
  ids: ['KSV-0108'],
  scope: 'weir',
  on: ['Service'],
  check: (service) => {
    if (service.text('metadata.namespace') === NAMESPACES.gateway) return [];
    return [
      ...service.expect('spec.type', (type) => type !== 'LoadBalancer', 'is a way in past the gateway'),
      ...service.part(() =>
        service.texts('spec.externalIPs').length === 0 ? [] : [service.problem('spec.externalIPs', 'takes traffic from whoever has its addresses')],
      ),
    ];
  },
  admission: {
    scopes: ['tenants', 'platform-behind-gateway'],
    kinds: SERVICE_KIND,
    conditions: NEW_OR_CHANGED,
    variables: () => ({ borrowed: `object.spec.?externalIPs.orValue([])` }),
    validations: () => [
      {
        expression: "object.spec.?type.orValue('ClusterIP') != 'LoadBalancer'",
        messageExpression: WAY_IN,
      },
      {
        expression: 'variables.borrowed.size() == 0',
        messageExpression: `'externalIPs would take traffic of ' + variables.borrowed.join(', ') + ' from whoever has that address. Leave them out'`,
      },
    ],
  },
  pass: [{ props: exampleService('tenant-shop', 'ClusterIP') }],
  fail: [{ props: exampleService('tenant-shop', 'LoadBalancer') }],
};
