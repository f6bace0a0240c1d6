import type { Statement } from '../identity/policy.ts';

/** Private doors to AWS's APIs: none, those that image pulls and credentials need, or all that the platform calls. */
export type InterfaceEndpoints = 'none' | 'minimal' | 'full';

/** One door. */
export interface EndpointPlan {
  /** The service's, with hyphens: part of the door's identity. */
  readonly name: string;
  /** As AWS calls it. */
  readonly service: string;
  /** Who may use it for what: none, which AWS reads as everybody for everything, or one policy. */
  readonly policy: readonly (readonly Statement[])[];
}

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

/** Session Manager, the EFS driver and Karpenter's question about zonal shifts have no other way in a network without a way out. */
const WITHOUT_WAY_OUT = ['ec2messages', 'ssmmessages', 'elasticfilesystem', 'arc-zonal-shift'];

/** STS is also asked by identities that are nobody's yet; whether the others take a policy is not documented. */
const WITHOUT_POLICY = new Set(['sts', 'eks-auth', 'ec2messages', 'ssmmessages']);

/** Where the doors are. */
export interface EndpointPlace {
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  /** A network without a way out: its doors are the only ones, so they can keep data in. */
  readonly closed: boolean;
}

/** Free doors in the route tables, in every profile. */
export function gatewayEndpoints(place: EndpointPlace): readonly EndpointPlan[] {
  const images = statement('ImagesOfRegistries', ['s3:GetObject'], awsBuckets(place));
  return [
    { ...named('s3', place), policy: place.closed ? [[ourPrincipals(place), images]] : [] },
    { ...named('dynamodb', place), policy: place.closed ? [[ourPrincipals(place)]] : [] },
  ];
}

/** Doors with an address in every zone, billed by the hour. */
export function interfaceEndpoints(wanted: InterfaceEndpoints, place: EndpointPlace): readonly EndpointPlan[] {
  const services = [...{ none: [], minimal: MINIMAL, full: FULL }[wanted], ...(place.closed ? WITHOUT_WAY_OUT : [])];
  return services.map((service) => {
    const policed = place.closed && !WITHOUT_POLICY.has(service);
    return { ...named(service, place), policy: policed ? [[ourPrincipals(place)]] : [] };
  });
}

/** Doors to these have a name of their own in both Chinese regions (AWS CDK, aws-ec2, `getDefaultEndpointPrefix`, read on 2026-11-21). */
const NAMED_CN = new Set(['athena', 'autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'elasticfilesystem', 'monitoring', 'sqs', 'sts']);

const named = (service: string, { region, partition }: EndpointPlace): Omit<EndpointPlan, 'policy'> => {
  const prefix = partition === 'aws-cn' && NAMED_CN.has(service) ? 'cn.com.amazonaws' : 'com.amazonaws';
  return { name: service.replaceAll('.', '-'), service: `${prefix}.${region}.${service}` };
};

/**
 * Credentials of another account carry nothing out. With a way out there is no policy: public registries answer from buckets of their own,
 * with signatures of their own, through the same door (registry.k8s.io, quay.io).
 */
const ourPrincipals = ({ account }: EndpointPlace): Statement => ({
  ...statement('PrincipalsOfThisAccount', ['*'], ['*']),
  conditions: { StringEquals: { 'aws:PrincipalAccount': account } },
});

const statement = (sid: string, actions: readonly string[], resources: readonly string[]): Statement => ({
  sid,
  principal: { AWS: '*' },
  actions,
  resources,
});

/** Layers of images, which ECR signs itself (ECR user guide, "Minimum Amazon S3 bucket permissions"), and Amazon Linux's packages (AL2023 user guide). */
const awsBuckets = ({ partition, region }: EndpointPlace): readonly string[] => [
  `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
  `arn:${partition}:s3:::al2023-repos-${region}-de612dc2/*`,
];
