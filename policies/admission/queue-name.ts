import { NOT_GOING } from './cel.ts';
import type { AdmissionForm } from './form.ts';

/** Kueue puts every unlabelled workload of a namespace, serving pods included, into a queue of this name (stable since 0.17). */
export const NO_DEFAULT_QUEUE: AdmissionForm = {
  scopes: ['tenants'],
  kinds: [{ apiGroups: ['kueue.x-k8s.io'], resources: ['localqueues'] }],
  conditions: NOT_GOING,
  validations: () => [
    {
      expression: "object.metadata.name != 'default'",
      messageExpression: "'a queue named default captures every workload without a label, models included. Name it after its tenant'",
    },
  ],
};
