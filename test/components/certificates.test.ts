import { describe, expect, test } from 'vitest';
import { certManagerValues } from '../../charts/values/cert-manager.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Certificates } from '../../components/certificates/certificates.ts';
import { ISSUERS } from '../../components/certificates/issuers.ts';
import type { CertificatesArgs } from '../../components/certificates/plan.ts';
import { objectsOf } from '../support/platform-parts.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const ARGS: CertificatesArgs = {
  account: PLACE.account,
  partition: PLACE.partition,
  clusterName: 'weir-prod',
  rolePrefix: 'weir-prod',
  replicas: 2,
  ownNodes: true,
  after: [],
};
const PUBLIC = { email: 'certificates@example.com', zone: 'Z0123456789', region: 'eu-west-1' };

const made = (args: Partial<CertificatesArgs> = {}) => graphOf(() => void new Certificates('prod-certificates', { ...ARGS, ...args }));
const specOf = (object: unknown): unknown => Object(unwrapped(object)).spec;

test("Weir's own authority signs for whoever talks inside the cluster, with a key that outlives its certificate", async () => {
  const graph = await made();
  const issuers = objectsOf(graph, 'ClusterIssuer');
  expect(Object.keys(issuers).sort()).toEqual(['weir', 'weir-self-signed']);
  expect(specOf(issuers[ISSUERS.own])).toEqual({ ca: { secretName: 'weir-authority' } });
  expect(specOf(objectsOf(graph, 'Certificate')['weir-authority'])).toMatchObject({
    isCA: true,
    secretName: 'weir-authority',
    privateKey: { rotationPolicy: 'Never' },
    issuerRef: { kind: 'ClusterIssuer', name: 'weir-self-signed' },
  });
  expect(Object(Object(objectsOf(graph, 'Certificate')['weir-authority']).metadata).namespace).toBe('cert-manager'); // where ClusterIssuers look
});

test('an issuer comes after what it signs with, and that after the controller', async () => {
  const graph = await made();
  const own = theOne(graph, 'kubernetes:cert-manager.io/v1:ClusterIssuer', 'own');
  const authority = theOne(graph, 'kubernetes:cert-manager.io/v1:Certificate');
  const root = theOne(graph, 'kubernetes:cert-manager.io/v1:ClusterIssuer', 'self-signed');
  expect([own, authority, root].map((node) => needsOf(graph, node))).toEqual([
    ['prod-certificates-authority'],
    ['prod-certificates-self-signed'],
    ['prod-certificates-release'],
  ]);
});

describe("with Let's Encrypt", () => {
  test('it proves the domain by a record in its zone, with an identity that may write nothing else', async () => {
    const graph = await made({ publicIssuer: PUBLIC });
    expect(specOf(objectsOf(graph, 'ClusterIssuer')[ISSUERS.public])).toMatchObject({
      acme: { email: PUBLIC.email, solvers: [{ dns01: { route53: { region: 'eu-west-1', hostedZoneID: PUBLIC.zone } } }] },
    });
    const policy = statementsOf(theOne(graph, 'aws:iam/rolePolicy:RolePolicy').inputs.policy);
    expect(policy.ProveTheDomain).toMatchObject({
      Action: ['route53:ChangeResourceRecordSets'],
      Resource: [`arn:aws:route53:::hostedzone/${PUBLIC.zone}`],
      Condition: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
    });
    const changes = Object.values(policy).filter(({ Action }) => JSON.stringify(Action).includes('Change'));
    expect(changes.flatMap(({ Resource }) => Resource)).toEqual([`arn:aws:route53:::hostedzone/${PUBLIC.zone}`, 'arn:aws:route53:::change/*']);
    expect(theOne(graph, 'aws:eks/podIdentityAssociation:PodIdentityAssociation').inputs).toMatchObject({
      namespace: 'cert-manager',
      serviceAccount: 'cert-manager',
    });
  });

  test('without it the controller has no role at all', async () => {
    expect(ofType(await made(), 'aws:iam/role:Role')).toEqual([]);
  });
});

test.each([1, 2] as const)('%i of each, with a budget where there are two; kinds stay when the release goes', (replicas) => {
  const values = certManagerValues({ namespace: 'cert-manager', replicas, ownNodes: true });
  const part = { replicaCount: replicas, podDisruptionBudget: { enabled: replicas === 2 } };
  const placed = { nodeSelector: { workload: 'system' }, tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }] };
  expect(values).toMatchObject({ ...part, ...placed, webhook: { ...part, ...placed }, cainjector: { ...part, ...placed }, startupapicheck: placed });
  expect(values).toMatchObject({ crds: { enabled: true, keep: true } });
});
