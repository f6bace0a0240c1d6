import type { ResourceRule } from '../../rule.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';
const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

export const eksLogs: ResourceRule = {
  kind: 'resource',
  id: 'eks-logs',
  title: 'the control plane keeps its logs',
  reason: 'Who did what in the cluster stands in the audit log alone, and what was not kept on the day cannot be asked for afterwards.',
  remedy:
    'Add them to weir:cluster.logs, or to enabledClusterLogTypes. Each is billed by volume: a kind that nobody reads may be left out by the parameter.',
  severity: 'medium',
  ids: ['AWS-0038', 'CKV_AWS_37', 'CIS EKS 2.1.1'],
  scope: 'any',
  exempt: { dev: 'It keeps who came in alone: nobody is asked about what was done to dev.' },
  exceptions: ['api', 'controllerManager', 'scheduler'].map((kind) => ({
    urn: '*::weir:cluster:Cluster$aws:eks/cluster:Cluster::*',
    path: `enabledClusterLogTypes.${kind}`,
    reason: 'Each kind is billed by volume, and this one answers no question that the audit log and the metrics leave open.',
  })),
  settings: ['cluster.logs'],
  params: { kinds: { description: 'Logs that a cluster has to keep.', default: LOGS } },
  mustBeKnown: ['enabledClusterLogTypes'],
  on: [CLUSTER],
  check: (eks, { params: { kinds } }) =>
    eks.part(() => {
      const kept = eks.texts('enabledClusterLogTypes'); // none by default
      const missing = (Array.isArray(kinds) ? kinds : LOGS).filter((kind) => !kept.includes(kind));
      return missing.map((kind) => eks.problem(`enabledClusterLogTypes.${kind}`, `does not log ${kind}`));
    }),
  pass: [{ type: CLUSTER, props: { enabledClusterLogTypes: LOGS } }],
  fail: [{ type: CLUSTER, props: { enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'scheduler'] } }],
};
