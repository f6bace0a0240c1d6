import { type AdmissionPolicy, NEW_OR_CHANGED, NOT_GOING, POD, WORKLOADS } from './policy.ts';

/** What Kueue reads. */
const QUEUE = 'kueue.x-k8s.io/queue-name';
const DISRUPT = 'karpenter.sh/do-not-disrupt';

/** Controllers whose pods are no work of their own for Kueue: they run for ever, or are queued as a whole. */
const KEEPERS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'];

/** Work that ends waits for its turn: without the label it takes what others have waited for. Kueue's own rule holds for single objects, not for what they make. */
export const QUEUED: AdmissionPolicy = {
  name: 'weir-queue',
  kinds: [
    { apiGroups: [''], resources: ['pods'] },
    { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
    { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'] },
    { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs'] },
  ],
  conditions: NEW_OR_CHANGED,
  variables: {
    meta: "object.kind == 'CronJob' ? object.spec.jobTemplate.?metadata.orValue({}) : object.metadata",
    labelled: `variables.meta.?labels[?'${QUEUE}'].orValue('') != ''`,
    keeper: 'object.metadata.?ownerReferences.orValue([]).filter(o, has(o.controller) && o.controller).map(o, o.kind)',
    exempt: `object.kind == 'Pod' ? object.spec.restartPolicy == 'Always' || variables.keeper.exists(k, k in ${JSON.stringify(KEEPERS)})
      : object.kind != 'CronJob' && variables.keeper.size() > 0`,
  },
  validations: [
    {
      expression: 'variables.labelled || variables.exempt',
      messageExpression: `'this ' + object.kind + ' would pass the others in the queue. Label it ${QUEUE}: ' + request.namespace.replace('tenant-', '')`,
    },
  ],
};

/** Kueue puts every unlabelled workload of a namespace, serving pods included, into a queue of this name (stable since 0.17). */
export const NO_DEFAULT_QUEUE: AdmissionPolicy = {
  name: 'weir-queue-name',
  kinds: [{ apiGroups: ['kueue.x-k8s.io'], resources: ['localqueues'] }],
  conditions: NOT_GOING,
  validations: [
    {
      expression: "object.metadata.name != 'default'",
      messageExpression: "'a queue named default captures every workload without a label, models included. Name it after its tenant'",
    },
  ],
};

/** A pod that may not be moved keeps its node from being upgraded and emptied: training alone, which would lose hours, may ask for it. */
export const DISRUPTION: AdmissionPolicy = {
  name: 'weir-do-not-disrupt',
  kinds: WORKLOADS,
  conditions: {
    'new-or-changed':
      "request.operation == 'CREATE' || object.spec != oldObject.spec || object.metadata.?annotations != oldObject.metadata.?annotations",
    ...NOT_GOING,
  },
  variables: {
    ...POD,
    meta: `object.kind == 'Pod' ? object.metadata
      : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.?metadata.orValue({})
      : object.spec.template.?metadata.orValue({})`,
    pinned: `variables.meta.?annotations[?'${DISRUPT}'].hasValue()`,
  },
  validations: [
    {
      expression: "!variables.pinned || variables.pod.?priorityClassName.orValue('') == 'training'",
      messageExpression: `'${DISRUPT} keeps a node from being upgraded or emptied, and is for training alone. Take the annotation away, or give the pod priorityClassName: training'`,
    },
  ],
};
