import { NOT_GOING } from './cel.ts';
import type { AdmissionForm } from './form.ts';

const EPOCH = 'weir.dev/epoch';
const WHOLE = "matches('^[0-9]{1,18}$')";

/**
 * Each leader of the rollout controller writes a higher epoch on the routes it owns before it does anything else. A leader that was deposed and does not
 * know it yet would move traffic back: its writes carry the lower number (10-rollout, 3). A rule over a change, which no source but the API server sees.
 */
export const EPOCHS: AdmissionForm = {
  scopes: ['tenants'],
  kinds: [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'] }],
  conditions: {
    ...NOT_GOING,
    'has-an-epoch': `request.operation == 'UPDATE' && oldObject.metadata.?annotations[?'${EPOCH}'].orValue('').${WHOLE}`,
  },
  variables: () => ({
    was: `oldObject.metadata.annotations['${EPOCH}']`,
    is: `object.metadata.?annotations[?'${EPOCH}'].orValue('')`,
  }),
  validations: () => [
    {
      expression: `variables.is.${WHOLE} && int(variables.is) >= int(variables.was)`,
      messageExpression: `'${EPOCH} would go from ' + variables.was + ' to ' + (variables.is == '' ? 'nothing' : variables.is) + ': another controller leads since. Read the route again, and write only as its leader'`,
    },
  ],
};
