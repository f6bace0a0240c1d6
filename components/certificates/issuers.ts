import type { Statement } from '../identity/policy.ts';

/** Version of cert-manager's kinds. */
export const CERT_MANAGER_API = 'cert-manager.io/v1';

/** ClusterIssuers: `own` signs what talks inside the cluster, `public` what browsers and other people's clients talk to. */
export const ISSUERS = { own: 'weir', public: 'public' } as const;

/** The Secret with the authority's key and certificate, in cert-manager's namespace; clients trust its `ca.crt`. */
export const AUTHORITY_SECRET = 'weir-authority';

/** Signs the authority's certificate, and nothing else. */
export const SELF_SIGNED = 'weir-self-signed';

/** Ten years, renewed a year before: whoever trusts it has to be told of a new one. */
const AUTHORITY_LIFE = { duration: '87600h', renewBefore: '8760h' };

/** Let's Encrypt's directory. */
const DIRECTORY = 'https://acme-v02.api.letsencrypt.org/directory';

/** The certificate of Weir's own authority. Its key stays when it is renewed, so that certificates it has signed stay good. */
export const authoritySpec = {
  isCA: true,
  commonName: 'Weir',
  secretName: AUTHORITY_SECRET,
  ...AUTHORITY_LIFE,
  privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
  issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: SELF_SIGNED },
} as const;

/** How a certificate that everybody trusts is had: by a record in the domain's zone, so that a gateway inside the VPC can have one, too. */
export interface PublicIssuer {
  /** An address that Let's Encrypt writes to. */
  readonly email: string;
  /** Route 53's id of the domain's zone. */
  readonly zone: string;
  readonly region: string;
}

/** ACME with DNS-01. */
export function publicIssuerSpec({ email, zone, region }: PublicIssuer) {
  const solver = { dns01: { route53: { region, hostedZoneID: zone } } }; // with the pod's own identity
  return { acme: { email, server: DIRECTORY, privateKeySecretRef: { name: 'weir-acme-account' }, solvers: [solver] } };
}

/** TXT records of one zone, and no others. */
export function publicIssuerStatements({ zone }: PublicIssuer, partition: string): readonly Statement[] {
  return [
    {
      sid: 'ProveTheDomain',
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [`arn:${partition}:route53:::hostedzone/${zone}`],
      conditions: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
    },
    { sid: 'ReadTheZone', actions: ['route53:ListResourceRecordSets'], resources: [`arn:${partition}:route53:::hostedzone/${zone}`] },
    { sid: 'WaitForTheChange', actions: ['route53:GetChange'], resources: [`arn:${partition}:route53:::change/*`] },
  ];
}
