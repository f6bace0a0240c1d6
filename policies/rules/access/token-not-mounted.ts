import { LASTING_PODS, LASTS, POD, WHAT_ENDS } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { GraphRule } from '../../rule.ts';
import { isOfTenant, knownText } from '../namespaces/tenants.ts';
import { examplePod } from '../pods/example.ts';
import { podOf, WORKLOADS } from '../pods/workload.ts';
import { isOff } from '../values.ts';
import { accountKey, accountsOf, CLUSTER_ROLE_BINDING, ROLE_BINDING } from './rights.ts';

const FIELD = 'automountServiceAccountToken';

/** A token is needed by what has rights: an account that no binding of the source names has none, and its token is only there to be stolen. */
export const tokenNotMounted: GraphRule = {
  kind: 'graph',
  id: 'token-not-mounted',
  title: 'a pod has a token for the API server only if its account may do something',
  reason:
    'Whoever breaks into a pod reads its token first: with it the API server answers, and every right that the account is given later is theirs.',
  remedy: 'Set automountServiceAccountToken to false at the pod, or at its ServiceAccount.',
  severity: 'medium',
  ids: ['KSV-0036', 'CKV_K8S_38', 'CIS Kubernetes 5.1.6'],
  scope: 'any',
  check: (graph) => {
    const [silent, bound, known] = [silentAccounts(graph), boundAccounts(graph), knownAccounts(graph)];
    return WORKLOADS.flatMap((key) =>
      graph.each(key, ({ resource, reader }) => {
        if (reader.has(['metadata', 'annotations', 'kubernetes.io/config.mirror'])) return []; // a static pod has no account
        const pod = podOf(reader, keyOf(resource.type));
        if (!pod.has([])) return []; // a patch of a Deployment says nothing of its pods
        const name = pod.text('serviceAccountName') ?? pod.text('serviceAccount') ?? 'default'; // the older field still holds
        const account = accountKey(knownText(reader, 'metadata.namespace') ?? 'default', name);
        // in a file alone, who else's account it is and what it may do stand elsewhere; a tenant's has rights nowhere
        if (name !== 'default' && !known.has(account) && !isOfTenant(reader)) return [];
        const own = pod.get(FIELD);
        if (isOff(own ?? !silent.has(account)) || bound.has(account)) return [];
        return [pod.problem(FIELD, 'has a token of an account without rights')];
      }),
    );
  },
  admission: {
    scopes: ['tenants'],
    kinds: LASTING_PODS,
    lets: WHAT_ENDS,
    conditions: LASTS,
    variables: () => POD,
    validations: () => [
      {
        expression: `variables.pod.?${FIELD}.orValue(true) == false`,
        messageExpression: `'who breaks in would have a token of ' + variables.pod.?serviceAccountName.orValue('default') + '. Set ${FIELD}: false'`,
      },
    ],
  },
  pass: [{ props: examplePod({ spec: { [FIELD]: false } }) }],
  fail: [{ props: examplePod({ spec: { [FIELD]: true } }) }],
};

/** Accounts that hand out no token. */
function silentAccounts(graph: ResourceGraph): ReadonlySet<string> {
  return accountsWhere(graph, (account) => {
    const read = account.read(FIELD);
    return read.kind === 'known' && isOff(read.value);
  });
}

const knownAccounts = (graph: ResourceGraph): ReadonlySet<string> => accountsWhere(graph, () => true);

function accountsWhere(graph: ResourceGraph, holds: (account: Reader) => boolean): ReadonlySet<string> {
  const those = graph.of('ServiceAccount').filter(({ reader }) => holds(reader));
  return new Set(
    those.map(({ reader }) => accountKey(knownText(reader, 'metadata.namespace') ?? 'default', knownText(reader, 'metadata.name') ?? '')),
  );
}

function boundAccounts(graph: ResourceGraph): ReadonlySet<string> {
  return new Set(graph.of(ROLE_BINDING, CLUSTER_ROLE_BINDING).flatMap(({ reader }) => accountsOf(reader)));
}
