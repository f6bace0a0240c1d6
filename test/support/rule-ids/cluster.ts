import { SUPPORT } from '../../../components/versions.ts';
import { textAt, textsAt, valuesAt } from '../inputs/values.ts';
import { EVERYWHERE, type RuleId } from './rule-id.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';
const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

const isPublic = (inputs: unknown): boolean => valuesAt(inputs, 'vpcConfig.endpointPublicAccess').every(({ value }) => value !== false);

/** 30-platform 2.2. */
export const CLUSTER_RULES: readonly RuleId[] = [
  {
    ids: ['AWS-0038', 'CKV_AWS_37'],
    title: 'the control plane logs all five kinds',
    types: [CLUSTER],
    holds: ({ inputs }) => LOGS.every((log) => textsAt(inputs, 'enabledClusterLogTypes').includes(log)),
    breaks: { changes: { enabledClusterLogTypes: ['audit'] } },
    mends: { changes: { enabledClusterLogTypes: LOGS } },
    waived: [{ profiles: EVERYWHERE, reason: 'Each kind is billed by volume: a profile keeps those that somebody reads.', date: '2026-11-21' }],
  },
  {
    ids: ['AWS-0039', 'CKV_AWS_58'],
    title: 'the API’s data lies under an own key',
    types: [CLUSTER],
    holds: ({ inputs }) =>
      textAt(inputs, 'encryptionConfig.provider.keyArn') !== null && textsAt(inputs, 'encryptionConfig.resources').includes('secrets'),
    breaks: { changes: { encryptionConfig: null } },
  },
  {
    ids: ['AWS-0040', 'CKV_AWS_39'],
    title: 'the API is not public',
    types: [CLUSTER],
    holds: ({ inputs }) => !isPublic(inputs),
    breaks: { changes: { 'vpcConfig.endpointPublicAccess': true } },
  },
  {
    ids: ['AWS-0041', 'CKV_AWS_38'],
    title: 'the API is open to no range of the whole world',
    types: [CLUSTER],
    holds: ({ inputs }) => {
      const ranges = textsAt(inputs, 'vpcConfig.publicAccessCidrs');
      return !isPublic(inputs) || (ranges.length > 0 && !ranges.some((range) => /^(0\.0\.0\.0|::)\/0$/.test(range)));
    },
    breaks: { changes: { 'vpcConfig.endpointPublicAccess': true, 'vpcConfig.publicAccessCidrs': ['0.0.0.0/0'] } },
  },
  {
    ids: ['CKV_AWS_339'],
    title: 'the version of Kubernetes is one that EKS supports',
    types: [CLUSTER],
    holds: ({ inputs }) => SUPPORT.some(({ product, version }) => product === 'EKS' && version === textAt(inputs, 'version')),
    breaks: { changes: { version: '1.24' } },
  },
];
