/** Private doors to AWS's APIs: none, those that image pulls and credentials need, or all that the platform calls. */
export type InterfaceEndpoints = 'none' | 'minimal' | 'full';

const MINIMAL = ['ecr.api', 'ecr.dkr', 'sts'];

/** Karpenter's (its documentation of private clusters), Pod Identity's, and those of what runs here (30-platform, 2.1). */
const FULL = [
  ...MINIMAL,
  'ec2',
  'ssm',
  'sqs',
  'eks',
  'eks-auth',
  'logs',
  'kms',
  'secretsmanager',
  'elasticloadbalancing',
  'autoscaling',
  'athena',
  'glue',
  'monitoring',
];

/** Session Manager has no other way into a network without a way out. */
const WITHOUT_WAY_OUT = ['ec2messages', 'ssmmessages'];

/** The services, by the last part of their endpoint's name. */
export function endpointServices(wanted: InterfaceEndpoints, fullyPrivate: boolean): readonly string[] {
  const chosen = { none: [], minimal: MINIMAL, full: FULL }[wanted];
  return fullyPrivate ? [...chosen, ...WITHOUT_WAY_OUT] : chosen;
}
