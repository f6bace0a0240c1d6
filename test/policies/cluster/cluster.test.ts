import { describe, expect, test } from 'vitest';
import { eksApiAuthOnly } from '../../../policies/rules/cluster/eks-api-auth-only.ts';
import { eksDeletionProtection } from '../../../policies/rules/cluster/eks-deletion-protection.ts';
import { eksLogs } from '../../../policies/rules/cluster/eks-logs.ts';
import { eksNoOpenCidr } from '../../../policies/rules/cluster/eks-no-open-cidr.ts';
import { eksOwnKey } from '../../../policies/rules/cluster/eks-own-key.ts';
import { eksPrivateEndpoint } from '../../../policies/rules/cluster/eks-private-endpoint.ts';
import { eksStandardSupport } from '../../../policies/rules/cluster/eks-standard-support.ts';
import { eksSupportedVersion } from '../../../policies/rules/cluster/eks-supported-version.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';
const bare = [{ type: CLUSTER, props: {} }];

test('what a cluster does not say is what AWS does by itself', () => {
  expect(foundIn(eksNoOpenCidr, bare)).toEqual(['example vpcConfig.publicAccessCidrs']);
  expect(foundIn(eksApiAuthOnly, bare)).toEqual(['example accessConfig.authenticationMode']);
  expect(foundIn(eksDeletionProtection, bare)).toEqual(['example deletionProtection']);
  expect(foundIn(eksStandardSupport, bare)).toEqual(['example upgradePolicy.supportType']);
  expect(foundIn(eksSupportedVersion, bare)).toEqual(['example version']);
});

describe('eks-no-open-cidr', () => {
  const open = (publicAccessCidrs: unknown, endpointPublicAccess: unknown = true) => [
    { type: CLUSTER, props: { vpcConfig: { endpointPublicAccess, publicAccessCidrs } } },
  ];

  test.each([['0.0.0.0/0'], ['::/0'], ['0.0.0.0/1'], ['128.0.0.0/1']])('%s is the internet, beside an office too', (cidr) => {
    expect(foundIn(eksNoOpenCidr, open(['198.51.100.0/24', cidr]))).toEqual(['example vpcConfig.publicAccessCidrs[1]']);
  });

  test('an endpoint that is not public may say what it likes', () => {
    expect(foundIn(eksNoOpenCidr, open(['0.0.0.0/0'], false))).toEqual([]);
    expect(foundIn(eksNoOpenCidr, open(['0.0.0.0/0'], 'false'))).toEqual([]);
  });

  test('a list without networks is open', () => {
    expect(foundIn(eksNoOpenCidr, open([]))).toEqual(['example vpcConfig.publicAccessCidrs']);
  });

  test('a network that is made by the same up is undecided, and hides none that is known', () => {
    expect(foundIn(eksNoOpenCidr, open([UNKNOWN, '0.0.0.0/0']))).toEqual(['example vpcConfig.publicAccessCidrs[1]']);
    expect(undecidedIn(eksNoOpenCidr, open([UNKNOWN]))).toEqual(['example vpcConfig.publicAccessCidrs[0]']);
  });

  test('whether it is public has to be known', () => {
    expect(foundIn(eksNoOpenCidr, open(['198.51.100.0/24'], UNKNOWN))).toEqual(['example vpcConfig.endpointPublicAccess']);
  });
});

test('eks-private-endpoint: a state may hold its booleans as texts', () => {
  const cluster = (endpointPublicAccess: unknown, endpointPrivateAccess: unknown) => [
    { type: CLUSTER, props: { vpcConfig: { endpointPublicAccess, endpointPrivateAccess } } },
  ];
  expect(foundIn(eksPrivateEndpoint, cluster('false', 'true'))).toEqual([]);
  expect(foundIn(eksPrivateEndpoint, cluster('true', 'false'))).toEqual([
    'example vpcConfig.endpointPublicAccess',
    'example vpcConfig.endpointPrivateAccess',
  ]);
});

describe('eks-own-key', () => {
  test.each([
    ['encryptionConfig.provider.keyArn', undefined],
    ['encryptionConfig.resources', []],
    ['encryptionConfig', []],
  ])('%s = %j breaks it there', (path, to) => {
    expect(foundIn(eksOwnKey, changed(eksOwnKey.pass, { path, to }))).toEqual([`example ${path}`]);
  });

  test('a key that is made by the same up is one, and so is a config in a list', () => {
    const provider = { keyArn: UNKNOWN };
    expect(foundIn(eksOwnKey, [{ type: CLUSTER, props: { encryptionConfig: [{ provider, resources: ['secrets'] }] } }])).toEqual([]);
  });
});

describe('eks-logs', () => {
  test('each log that is missing is told by itself', () => {
    expect(foundIn(eksLogs, [{ type: CLUSTER, props: { enabledClusterLogTypes: ['api', 'authenticator', 'scheduler'] } }])).toEqual([
      'example enabledClusterLogTypes.audit',
      'example enabledClusterLogTypes.controllerManager',
    ]);
  });

  test('an environment says which it wants', () => {
    const audited = [{ type: CLUSTER, props: { enabledClusterLogTypes: ['audit'] } }];
    expect(foundIn(eksLogs, audited, { kinds: ['audit'] })).toEqual([]);
    expect(foundIn(eksLogs, bare, { kinds: ['audit'] })).toEqual(['example enabledClusterLogTypes.audit']);
  });
});

describe('eks-supported-version', () => {
  test.each([
    ['1.36', []],
    ['1.34', []], // to 2 December 2026
    ['1.99', []], // newer than the table
    ['1.33', ['example version']], // to 29 July 2026
    ['1.24', ['example version']],
    ['latest', ['example version']],
  ])('%s', (version, found) => {
    expect(foundIn(eksSupportedVersion, [{ type: CLUSTER, props: { version } }])).toEqual(found);
  });
});
