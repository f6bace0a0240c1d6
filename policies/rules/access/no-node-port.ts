import { NEW_OR_CHANGED, SERVICE_KIND, WAY_IN } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleService } from './example.ts';

export const noNodePort: ResourceRule = {
  kind: 'resource',
  id: 'no-node-port',
  title: 'no Service opens a port of every node',
  reason: 'The port is open on all nodes, to whatever reaches one of them, and no network policy of the namespace is asked for the caller’s name.',
  remedy: 'Use type ClusterIP, and a route of the gateway or an Ingress with targets by IP.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  on: ['Service'],
  check: (service) => service.expect('spec.type', (type) => type !== 'NodePort', 'opens a port of every node'),
  admission: {
    scopes: ['tenants', 'platform-behind-gateway'],
    kinds: SERVICE_KIND,
    conditions: NEW_OR_CHANGED,
    validations: () => [{ expression: "object.spec.?type.orValue('ClusterIP') != 'NodePort'", messageExpression: WAY_IN }],
  },
  pass: [{ props: exampleService('tenant-shop', 'ClusterIP') }],
  fail: [{ props: exampleService('tenant-shop', 'NodePort') }],
};
