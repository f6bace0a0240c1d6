import type { Graph, Node } from '../../../cli/graph/node.ts';
import type { NodeRule } from './rule.ts';
import { isObject, namedNode, numberAt, textAt, textsAt, valuesAt } from './values.ts';

const api = (operation: string) => `AWS API reference, ${operation}`;

/** What several properties of one resource, or of two that belong together, say to each other. */
export const NODE_RULES: readonly NodeRule[] = [
  {
    id: 'node-group-sizes',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) => {
      const [least, now, most] = ['minSize', 'desiredSize', 'maxSize'].map((key) => numberAt(inputs, `scalingConfig.${key}`) ?? 0);
      return (least ?? 0) <= (now ?? 0) && (now ?? 0) <= (most ?? 0) ? null : `sizes ${least}, ${now}, ${most} are not in order`;
    },
    refuses: { 'scalingConfig.minSize': 50 },
    source: api('EKS NodegroupScalingConfig'),
  },
  {
    id: 'node-group-with-template',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) => {
      const also = ['diskSize', 'remoteAccess'].find((key) => inputs.launchTemplate !== undefined && inputs[key] !== undefined);
      return also === undefined ? null : `${also} belongs into the launch template where there is one`;
    },
    refuses: { diskSize: 50, 'launchTemplate.version': '1' },
    source: api('EKS CreateNodegroup, launchTemplate'),
  },
  {
    id: 'node-group-update-one-limit',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) =>
      numberAt(inputs, 'updateConfig.maxUnavailable') !== null && numberAt(inputs, 'updateConfig.maxUnavailablePercentage') !== null
        ? 'updateConfig takes a number or a percentage'
        : null,
    refuses: { 'updateConfig.maxUnavailable': 1, 'updateConfig.maxUnavailablePercentage': 33 },
    source: api('EKS NodegroupUpdateConfig'),
  },
  {
    id: 'gp3-iops-and-throughput',
    types: ['aws:ec2/launchTemplate:LaunchTemplate'],
    problem: ({ inputs }) => {
      const iops = numberAt(inputs, 'blockDeviceMappings.ebs.iops') ?? 3000;
      const throughput = numberAt(inputs, 'blockDeviceMappings.ebs.throughput') ?? 125;
      if (iops < 3000 || iops > 80_000) return `gp3 has 3,000 to 80,000 IOPS, not ${iops}`;
      return throughput > iops / 4 || throughput < 125 ? `${throughput} MiB/s is more than a quarter of ${iops} IOPS, or less than 125` : null;
    },
    refuses: { 'blockDeviceMappings.ebs.throughput': 1000, 'blockDeviceMappings.ebs.iops': 3000 },
    source: api('CreateVolume, Throughput and Iops of gp3'),
  },
  {
    id: 'pod-identity-policy',
    types: ['aws:eks/podIdentityAssociation:PodIdentityAssociation'],
    problem: ({ inputs }) => (inputs.policy !== undefined && inputs.disableSessionTags !== true ? 'policy needs disableSessionTags' : null),
    refuses: { policy: '{"Version":"2012-10-17","Statement":[]}', disableSessionTags: null },
    source: api('EKS CreatePodIdentityAssociation, policy'),
  },
  {
    id: 'access-entry-of-nodes',
    types: ['aws:eks/accessEntry:AccessEntry'],
    problem: ({ inputs }) =>
      (textAt(inputs, 'type') ?? 'STANDARD') !== 'STANDARD' && (inputs.kubernetesGroups !== undefined || inputs.userName !== undefined)
        ? 'an entry of nodes has no groups and no user name'
        : null,
    refuses: { type: 'EC2_LINUX', kubernetesGroups: ['readers'] },
    source: api('EKS CreateAccessEntry, type'),
  },
  {
    id: 'controller-manager-needs-tier',
    types: ['aws:eks/cluster:Cluster'],
    problem: ({ inputs }) => {
      const tier = textAt(inputs, 'controlPlaneScalingConfig.tier') ?? 'standard';
      return inputs.kubeControllerManagerConfig !== undefined && tier === 'standard'
        ? 'kubeControllerManagerConfig needs a provisioned control plane'
        : null;
    },
    refuses: { kubeControllerManagerConfig: { horizontalPodAutoscalerSyncPeriod: '10s' }, controlPlaneScalingConfig: null },
    source: 'Amazon EKS User Guide, provisioned control plane',
  },
  {
    id: 'endpoint-kind',
    types: ['aws:ec2/vpcEndpoint:VpcEndpoint'],
    problem: ({ inputs }) => endpointProblem(inputs),
    refuses: { vpcEndpointType: 'Gateway', routeTableIds: null, subnetIds: ['a'] },
    source: api('CreateVpcEndpoint, VpcEndpointType'),
  },
  {
    id: 'backup-cold-storage',
    types: ['aws:backup/plan:Plan'],
    problem: ({ inputs }) => {
      const broken = valuesAt(inputs, 'rules.lifecycle').find(({ value }) => {
        const [cold, gone] = [numberAt(value, 'coldStorageAfter'), numberAt(value, 'deleteAfter')];
        return cold !== null && gone !== null && gone < cold + 90;
      });
      return broken === undefined ? null : `${broken.path}: deleteAfter must be 90 days after coldStorageAfter`;
    },
    refuses: { 'rules.lifecycle': { coldStorageAfter: 30, deleteAfter: 60 } },
    source: api('Backup Lifecycle'),
  },
  {
    id: 'backup-window',
    types: ['aws:backup/plan:Plan'],
    problem: ({ inputs }) => {
      const broken = valuesAt(inputs, 'rules').find(
        ({ value }) => (numberAt(value, 'completionWindow') ?? 10_080) < (numberAt(value, 'startWindow') ?? 480) + 60,
      );
      return broken === undefined ? null : `${broken.path}: completionWindow must be an hour longer than startWindow`;
    },
    refuses: { 'rules.startWindow': 300, 'rules.completionWindow': 300 },
    source: 'AWS Backup Developer Guide, backup plan options: completion window',
  },
  {
    id: 'backup-copy-elsewhere',
    types: ['aws:backup/plan:Plan'],
    problem: ({ inputs }, graph) => {
      const names = textsAt(inputs, 'rules.targetVaultName');
      const own = [...graph.values()].filter(
        ({ type, name, inputs: of }) => type === VAULT && of.region === undefined && names.includes(textAt(of, 'name') ?? name),
      );
      const arns = own.map(
        (vault) => new RegExp(`^arn:[a-z-]+:backup:${regionOf(vault, graph)}:\\d+:backup-vault:${textAt(vault.inputs, 'name') ?? vault.name}$`),
      );
      const same = textsAt(inputs, 'rules.copyActions.destinationVaultArn').find((arn) => arns.some((each) => each.test(arn)));
      return same === undefined ? null : `copies into its own vault ${same}`;
    },
    refuses: (graph) => {
      const plan = [...graph.values()].find(({ type }) => type === 'aws:backup/plan:Plan');
      const vault = `arn:aws:backup:eu-west-1:123456789014:backup-vault:${textAt(plan?.inputs, 'rules.targetVaultName')}`;
      return { 'rules.copyActions': [{ destinationVaultArn: vault }] };
    },
    source: api('Backup CopyAction, DestinationBackupVaultArn'),
  },
  {
    id: 'vault-lock-retention',
    types: ['aws:backup/plan:Plan'],
    problem: ({ inputs }, graph) => {
      const locks = [...graph.values()].filter(({ type }) => type === 'aws:backup/vaultLockConfiguration:VaultLockConfiguration');
      for (const { path, value } of valuesAt(inputs, 'rules')) {
        const lock = locks.find((each) => textAt(each.inputs, 'backupVaultName') === textAt(value, 'targetVaultName'));
        const [least, most] = [numberAt(lock?.inputs, 'minRetentionDays') ?? 0, numberAt(lock?.inputs, 'maxRetentionDays') ?? 36_500];
        const days = [...valuesAt(value, 'lifecycle.deleteAfter'), ...valuesAt(value, 'copyActions.lifecycle.deleteAfter')];
        const outside = days.find((each) => Number(each.value) < least || Number(each.value) > most);
        if (outside !== undefined) return `${path}.${outside.path}: ${String(outside.value)} days, where the vault's lock takes ${least} to ${most}`;
      }
      return null;
    },
    refuses: { 'rules.lifecycle.deleteAfter': 3 },
    source: api('Backup PutBackupVaultLockConfiguration: a job outside of the limits fails'),
  },
  {
    id: 'object-lock-one-period',
    types: ['aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration'],
    problem: ({ inputs }) => {
      const [days, years] = [numberAt(inputs, 'rule.defaultRetention.days'), numberAt(inputs, 'rule.defaultRetention.years')];
      return (days === null) === (years === null) ? 'defaultRetention takes days or years, one of them' : null;
    },
    refuses: { 'rule.defaultRetention.days': 30, 'rule.defaultRetention.years': 1 },
    source: api('S3 DefaultRetention'),
  },
  {
    id: 'budget-notification',
    types: ['aws:budgets/budget:Budget'],
    problem: ({ inputs }) => {
      const silent = valuesAt(inputs, 'notifications').find(
        ({ value }) => textsAt(value, 'subscriberEmailAddresses').length + textsAt(value, 'subscriberSnsTopicArns').length === 0,
      );
      return silent === undefined ? null : `${silent.path} reaches nobody`;
    },
    refuses: { notifications: [{ comparisonOperator: 'GREATER_THAN', threshold: 80, thresholdType: 'PERCENTAGE', notificationType: 'ACTUAL' }] },
    source: api('Budgets CreateNotification, Subscribers: 1 to 11'),
  },
  {
    id: 'event-target-rule',
    types: ['aws:cloudwatch/eventTarget:EventTarget'],
    problem: (node, graph) => {
      const rule = textAt(node.inputs, 'rule');
      return namedNode(graph, 'aws:cloudwatch/eventRule:EventRule', rule) === null ? `no rule is named ${rule}` : null;
    },
    refuses: { rule: 'somebody-elses' },
    source: api('EventBridge PutTargets, Rule'),
  },
];

function endpointProblem(inputs: Node['inputs']): string | null {
  const gateway = (textAt(inputs, 'vpcEndpointType') ?? 'Gateway') === 'Gateway';
  const [routes, subnets] = [valuesAt(inputs, 'routeTableIds').length > 0, 'subnetIds' in inputs || 'securityGroupIds' in inputs];
  if (gateway) return subnets ? 'a gateway endpoint has route tables, no subnets and no groups' : null;
  return routes ? 'an interface endpoint has subnets and groups, no route tables' : null;
}

const VAULT = 'aws:backup/vault:Vault';

/** A resource without a region of its own lies where its provider does. */
function regionOf(node: Node, graph: Graph): string {
  const provider = graph.get(node.provider.split('::').slice(0, 4).join('::'));
  return textAt(node.inputs, 'region') ?? textAt(provider?.inputs, 'region') ?? '';
}

/** Keys and values of every tagged resource. */
export function tagProblem(node: Node): string | null {
  const { tags } = node.inputs;
  if (!isObject(tags)) return null;
  const entries = Object.entries(tags);
  if (entries.length > 50) return `has ${entries.length} tags, and 50 are allowed`;
  const text = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  for (const [key, value] of entries) {
    if (key.length === 0 || key.length > 128 || !text.test(key) || /^aws:/i.test(key)) return `tags: "${key}" is no key`;
    if (typeof value === 'string' && (value.length > 256 || !text.test(value))) return `tags.${key}: "${value.slice(0, 40)}" is no value`;
  }
  return null;
}
