import type * as k8s from '@pulumi/kubernetes';
import { ArgsError } from '../../runtime/errors.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';

type Rule = k8s.types.input.rbac.v1.PolicyRule;

/** Who a tenant's people are, from the one who may least. */
const PEOPLE = ['readers', 'developers', 'operators'] as const;
export type People = (typeof PEOPLE)[number];

/** What one kind of people may do, and which groups of the identity provider they are. */
export interface AccessPlan {
  readonly people: People;
  readonly groups: readonly string[];
  readonly rules: readonly Rule[];
}

/** What every `ModelAction` asks for, as a verb of its own on `models`: a rule may tell apart who may promote and who may only abort. */
export const ROLLOUT_VERBS = ['promote', 'abort', 'pause', 'resume', 'skip', 'retry', 'unlock', 'rollback', 'fallback', 'endfallback'];

const READ = ['get', 'list', 'watch'];

/** No secrets; what stands in ConfigMaps is what stands in the tenant's own files. */
const SEES: readonly Rule[] = [
  { apiGroups: ['weir.dev'], resources: ['models', 'modelactions'], verbs: READ },
  {
    apiGroups: [''],
    resources: ['pods', 'services', 'events', 'configmaps', 'persistentvolumeclaims', 'resourcequotas', 'limitranges', 'serviceaccounts'],
    verbs: READ,
  },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: READ },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: READ },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: READ },
  { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: READ },
  { apiGroups: ['monitoring.coreos.com'], resources: ['podmonitors', 'alertmanagerconfigs'], verbs: READ },
  { apiGroups: ['argoproj.io'], resources: ['workflows', 'workflowtemplates', 'cronworkflows'], verbs: READ },
  { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs'], verbs: READ },
  { apiGroups: ['kueue.x-k8s.io'], resources: ['localqueues', 'workloads'], verbs: READ },
];

/** Starting work runs code as the tenant's account for training, which can do no more than the tenant. Stopping and resuming a workflow are patches. */
const STARTS: readonly Rule[] = [
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: ['argoproj.io'], resources: ['workflows'], verbs: ['create', 'patch', 'delete'] },
  { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs'], verbs: ['create', 'patch', 'delete'] },
];

const OPERATES: readonly Rule[] = [
  { apiGroups: ['weir.dev'], resources: ['modelactions'], verbs: ['create'] },
  { apiGroups: ['weir.dev'], resources: ['models'], verbs: ROLLOUT_VERBS },
];

const RULES: Readonly<Record<People, readonly Rule[]>> = {
  readers: SEES,
  developers: [...SEES, ...STARTS],
  operators: [...SEES, ...STARTS, ...OPERATES],
};

/**
 * Roles in the tenant's namespace and nowhere else. Nobody may change a `Model`: its file is how.
 * @throws ArgsError for a group that everybody is in
 */
export function planAccess({ tenant, groups }: Pick<EffectiveTenant, 'tenant' | 'groups'>): readonly AccessPlan[] {
  return PEOPLE.map((people) => {
    const builtIn = groups[people].find((group) => group.startsWith('system:'));
    if (builtIn !== undefined) {
      const remedy = 'Name a group of your identity provider: those of Kubernetes itself hold everybody, or everything.';
      throw new ArgsError(`${tenant}/tenant.yaml: groups.${people}`, `"${builtIn}" is a group of Kubernetes's own`, remedy);
    }
    return { people, groups: groups[people], rules: RULES[people] };
  }).filter(({ groups: named }) => named.length > 0);
}

/** What the executor beside each step of a workflow reports (Argo Workflows 3.4 and later, "Workflow RBAC"). */
export const EXECUTOR_RULES: readonly Rule[] = [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }];
