import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { isOff } from '../values.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';
/** Nobody's office is larger than a /8: two halves of the internet are as open as the whole. */
const WIDEST = 8;

const cluster = (publicAccessCidrs: readonly string[]) => [
  { type: CLUSTER, props: { vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs } } },
];

export const eksNoOpenCidr: ResourceRule = {
  kind: 'resource',
  id: 'eks-no-open-cidr',
  title: 'a public API server answers a list of networks, never the whole internet',
  reason: 'What anybody can reach, anybody can try: a stolen token or a hole in the API server is then enough, from anywhere.',
  remedy: 'Name your networks in weir:cluster.publicCidrs, or in vpcConfig.publicAccessCidrs.',
  severity: 'critical',
  ids: ['AWS-0041', 'CKV_AWS_38', 'CIS EKS 5.4.1'],
  scope: 'any',
  settings: ['cluster.publicCidrs'],
  mustBeKnown: ['vpcConfig.endpointPublicAccess'],
  on: [CLUSTER],
  check: (eks) => eks.part(() => (isOff(eks.get('vpcConfig.endpointPublicAccess')) ? [] : openTo(eks))),
  pass: cluster(['198.51.100.0/24']),
  fail: cluster(['0.0.0.0/0']),
};

function openTo(eks: Reader): readonly Problem[] {
  const path = 'vpcConfig.publicAccessCidrs';
  if (eks.list(path).length === 0) {
    return [eks.problem(path, 'names no network that may reach its public endpoint: EKS takes 0.0.0.0/0')];
  }
  return eks.each(path, (cidr) => cidr.expect('', (value) => !isOpen(value), `is open to ${cidr.text('') ?? 'all'}`));
}

function isOpen(cidr: unknown): boolean {
  const [, bits] = typeof cidr === 'string' ? cidr.split('/') : [];
  return bits !== undefined && Number(bits) < WIDEST;
}
