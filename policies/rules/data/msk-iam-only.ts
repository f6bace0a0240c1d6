import type { ResourceRule } from '../../rule.ts';
import { isNotOn, isOn } from '../values.ts';

const CLUSTER = 'aws:msk/cluster:Cluster';

export const mskIamOnly: ResourceRule = {
  kind: 'resource',
  id: 'msk-iam-only',
  title: 'whoever reads or writes a topic is a role',
  reason: 'A password or a certificate is shared and outlives its team; a role’s rights on a topic are seen in IAM and end with it.',
  remedy: 'Weir sets it; elsewhere set clientAuthentication.sasl.iam to true, and scram, tls and unauthenticated to nothing.',
  severity: 'high',
  ids: [],
  scope: 'any',
  mustBeKnown: ['clientAuthentication.sasl.iam', 'clientAuthentication.sasl.scram', 'clientAuthentication.unauthenticated'],
  on: [CLUSTER],
  check: (cluster) => [
    ...cluster.expect('clientAuthentication.sasl.iam', isOn, 'lets no role in'), // MSK's default is whoever reaches it
    ...cluster.expect('clientAuthentication.sasl.scram', isNotOn, 'takes passwords beside roles'),
    ...cluster.expect('clientAuthentication.unauthenticated', isNotOn, 'lets in who does not say who they are'),
    ...cluster.part(() =>
      cluster.list('clientAuthentication.tls.certificateAuthorityArns').length > 0
        ? [cluster.problem('clientAuthentication.tls', 'takes certificates beside roles')]
        : [],
    ),
  ],
  pass: [{ type: CLUSTER, props: { clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false } } }],
  fail: [{ type: CLUSTER, props: { clientAuthentication: { sasl: { iam: true, scram: true }, unauthenticated: false } } }],
};
