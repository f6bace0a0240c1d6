import { type AdmissionPolicy, NEW_OR_CHANGED, NOT_GOING } from './policy.ts';

const EPOCH = 'weir.dev/epoch';
const WHOLE = "matches('^[0-9]{1,18}$')";

/**
 * Each leader of the rollout controller writes a higher epoch on the routes it owns before it does anything else. A leader that was deposed and does not
 * know it yet would move traffic back: its writes carry the lower number (10-rollout, 3).
 */
export const EPOCHS: AdmissionPolicy = {
  name: 'weir-epoch',
  kinds: [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'] }],
  conditions: {
    ...NOT_GOING,
    'has-an-epoch': `request.operation == 'UPDATE' && oldObject.metadata.?annotations[?'${EPOCH}'].orValue('').${WHOLE}`,
  },
  variables: {
    was: `oldObject.metadata.annotations['${EPOCH}']`,
    is: `object.metadata.?annotations[?'${EPOCH}'].orValue('')`,
  },
  validations: [
    {
      expression: `variables.is.${WHOLE} && int(variables.is) >= int(variables.was)`,
      messageExpression: `'${EPOCH} would go from ' + variables.was + ' to ' + (variables.is == '' ? 'nothing' : variables.is) + ': another controller leads since. Read the route again, and write only as its leader'`,
    },
  ],
};

/** A policy of its own replaces what the Gateway demands of every call, and an extension is code in everybody's way. */
export const GATEWAY_POLICIES: AdmissionPolicy = {
  name: 'weir-gateway-policies',
  kinds: [{ apiGroups: ['gateway.envoyproxy.io'], resources: ['securitypolicies', 'envoyextensionpolicies', 'envoypatchpolicies', 'backends'] }],
  conditions: NEW_OR_CHANGED,
  validations: [
    {
      expression: 'false',
      messageExpression: `'a ' + object.kind + ' here would replace what the gateway demands of every call. Ask the platform team for what is missing: it belongs to the Gateway'`,
    },
  ],
};
