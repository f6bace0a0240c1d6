import { NEW_OR_CHANGED } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleJob } from '../pods/example.ts';
import { isOfTenant } from './tenants.ts';

/** What Kueue reads. */
const QUEUE = 'kueue.x-k8s.io/queue-name';

/** Controllers whose pods are no work of their own for Kueue: they run for ever, or are queued as a whole. */
const KEEPERS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'];

/** Work that ends waits for its turn. Kueue's own rule holds for single objects, not for what they make. */
export const workQueued: ResourceRule = {
  kind: 'resource',
  id: 'work-queued',
  title: 'a tenant’s work that ends waits in its queue',
  reason: 'Without the label of a queue a job takes the GPUs that others have waited for, and no quota of a queue counts it.',
  remedy: 'Label it kueue.x-k8s.io/queue-name with the name of its tenant.',
  severity: 'medium',
  ids: [],
  scope: 'weir',
  on: ['Pod', 'batch/Job', 'batch/CronJob', 'jobset.x-k8s.io/JobSet', 'trainer.kubeflow.org/TrainJob'],
  check: (work, _, { type }) => {
    const key = keyOf(type);
    if (!isOfTenant(work) || isKept(work, key)) return [];
    const meta = key === 'batch/CronJob' ? 'spec.jobTemplate.metadata' : 'metadata';
    const queue = work.text([...meta.split('.'), 'labels', QUEUE]) ?? '';
    return queue === '' ? [work.problem(`${meta}.labels`, 'passes the others in the queue')] : [];
  },
  admission: {
    scopes: ['tenants'],
    kinds: [
      { apiGroups: [''], resources: ['pods'] },
      { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
      { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'] },
      { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs'] },
    ],
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      meta: "object.kind == 'CronJob' ? object.spec.jobTemplate.?metadata.orValue({}) : object.metadata",
      labelled: `variables.meta.?labels[?'${QUEUE}'].orValue('') != ''`,
      keeper: 'object.metadata.?ownerReferences.orValue([]).filter(o, has(o.controller) && o.controller).map(o, o.kind)',
      exempt: `object.kind == 'Pod' ? object.spec.restartPolicy == 'Always' || variables.keeper.exists(k, k in ${JSON.stringify(KEEPERS)})
      : object.kind != 'CronJob' && variables.keeper.size() > 0`,
    }),
    validations: () => [
      {
        expression: 'variables.labelled || variables.exempt',
        messageExpression: `'this ' + object.kind + ' would pass the others in the queue. Label it ${QUEUE}: ' + request.namespace.replace('tenant-', '')`,
      },
    ],
  },
  pass: [{ props: exampleJob() }],
  fail: [{ props: exampleJob({ labels: {} }) }],
};

/** Whether it runs for ever, or is part of what is queued as a whole. */
function isKept(work: Reader, key: string): boolean {
  const keepers = work.list('metadata.ownerReferences').filter((owner) => owner.get('controller') === true);
  if (key !== 'Pod') return key !== 'batch/CronJob' && keepers.length > 0;
  return (work.text('spec.restartPolicy') ?? 'Always') === 'Always' || keepers.some((owner) => KEEPERS.includes(owner.text('kind') ?? ''));
}
