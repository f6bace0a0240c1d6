import { type AdmissionPolicy, NEW_OR_CHANGED } from './policy.ts';

/** The gateway is the only way in: what has a door of its own is called without a token, a limit and a record. */
export const NO_OTHER_DOOR: AdmissionPolicy = {
  name: 'weir-services',
  kinds: [{ apiGroups: [''], resources: ['services'] }],
  conditions: NEW_OR_CHANGED,
  variables: {
    open: `object.spec.?type.orValue('ClusterIP') in ['LoadBalancer', 'NodePort']`,
    borrowed: `object.spec.?externalIPs.orValue([])`,
  },
  validations: [
    {
      expression: '!variables.open',
      messageExpression: `'a Service of type ' + object.spec.type + ' would be a way in past the gateway, without token, limit or record. Use type ClusterIP: models are called at the host of their tenant'`,
    },
    {
      expression: 'variables.borrowed.size() == 0',
      messageExpression: `'externalIPs would take traffic of ' + variables.borrowed.join(', ') + ' from whoever has that address. Leave them out'`,
    },
  ],
};
