import { NEW_OR_CHANGED } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { isOfTenant } from '../namespaces/tenants.ts';

const GROUP = 'gateway.envoyproxy.io';

const policy = (namespace: string) => ({
  apiVersion: `${GROUP}/v1alpha1`,
  kind: 'SecurityPolicy',
  metadata: { name: 'open', namespace },
  spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'weir-eta' }] },
});

export const gatewayPolicyNotTenants: ResourceRule = {
  kind: 'resource',
  id: 'gateway-policy-not-tenants',
  title: 'what the gateway demands of a call, no tenant can change',
  reason: 'A policy at a route replaces that of the Gateway: one object in a tenant’s namespace, and a model answers without a token.',
  remedy: 'Keep SecurityPolicy, EnvoyExtensionPolicy, EnvoyPatchPolicy and Backend in the gateway’s namespace.',
  severity: 'high',
  ids: [],
  scope: 'weir',
  on: ['SecurityPolicy', 'EnvoyExtensionPolicy', 'EnvoyPatchPolicy', 'Backend'].map((kind) => `${GROUP}/${kind}`),
  check: (object) => (isOfTenant(object) ? [object.problem('', 'replaces what the gateway demands of every call')] : []),
  admission: {
    scopes: ['tenants'],
    kinds: [{ apiGroups: [GROUP], resources: ['securitypolicies', 'envoyextensionpolicies', 'envoypatchpolicies', 'backends'] }],
    conditions: NEW_OR_CHANGED,
    validations: () => [
      {
        expression: 'false',
        messageExpression: `'a ' + object.kind + ' here would replace what the gateway demands of every call. Ask the platform team for what is missing: it belongs to the Gateway'`,
      },
    ],
  },
  pass: [{ props: policy('weir-gateway') }],
  fail: [{ props: policy('tenant-shop') }],
};
