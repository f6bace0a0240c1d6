import * as pulumi from '@pulumi/pulumi';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { leaks, unwrapped } from '../../cli/graph/secrets.ts';
import { cacheRepositories, IMAGES, planRegistryImages, type RegistryImagesArgs } from '../../components/registry-images/plan.ts';
import { RegistryImages } from '../../components/registry-images/registry-images.ts';
import { UPSTREAMS } from '../../components/registry-images/upstreams.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const MARKER = 'MARKER-token';
const secretOf = (token: string) => JSON.stringify({ username: 'reader', accessToken: token });
const ARGS: RegistryImagesArgs = {
  ...PLACE,
  dataPolicy: 'keep',
  keyArn: 'arn:aws:kms:eu-west-1:123456789012:key/cluster',
  pullThrough: ['ecrPublic', 'kubernetes', 'quay', 'dockerHub', 'github'],
  credentials: new Map([
    ['dockerHub', secretOf(MARKER)],
    ['github', secretOf(MARKER)],
  ]),
  keepDays: 14,
  tags: { env: 'test' },
};
const recordImages = (more: Partial<RegistryImagesArgs> = {}) => graphOf(() => new RegistryImages('test-registry-images', { ...ARGS, ...more }));
const REPOSITORY = 'aws:ecr/repository:Repository';
const RULE = 'aws:ecr/pullThroughCacheRule:PullThroughCacheRule';
const VALUE = 'aws:secretsmanager/secretVersion:SecretVersion';

describe('repositories', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await recordImages();
  });

  test.each(IMAGES)(
    'AWS-0030, 0031, 0033, CKV_AWS_51, 136, 163: a tag of %s never moves, it is scanned, and encrypted with a key of ours',
    (image) => {
      expect(theOne(graph, REPOSITORY, `-${image}`).inputs).toMatchObject({
        name: `weir-test/${image}`,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: ARGS.keyArn }],
      });
    },
  );

  test('forget untagged images, and no tagged one', () => {
    for (const { inputs } of ofType(graph, 'aws:ecr/lifecyclePolicy:LifecyclePolicy')) {
      expect(JSON.parse(String(inputs.policy))).toEqual({
        rules: [
          {
            rulePriority: 1,
            description: 'untagged for 14 days',
            selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
            action: { type: 'expire' },
          },
        ],
      });
    }
  });

  test('hold what no cache can fetch: ECR has none of nvcr.io', () => {
    expect(IMAGES).toContain('tritonserver');
    expect(Object.values(UPSTREAMS).map(({ host }) => host)).not.toContain('nvcr.io');
  });

  test('D10: stay with their images when data is kept, and go with them when it may go', async () => {
    for (const { protect, retainOnDelete, inputs } of ofType(graph, REPOSITORY))
      expect([protect, retainOnDelete, inputs.forceDelete]).toEqual([true, true, false]);
    for (const { protect, retainOnDelete, inputs } of ofType(await recordImages({ dataPolicy: 'drop' }), REPOSITORY)) {
      expect([protect, retainOnDelete, inputs.forceDelete]).toEqual([false, false, true]);
    }
  });
});

describe('caches', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await recordImages();
  });

  test('stand in front of the registries that settings name', () => {
    expect(ofType(graph, RULE).map(({ inputs }) => [inputs.ecrRepositoryPrefix, inputs.upstreamRegistryUrl])).toEqual([
      ['weir-test/aws', 'public.ecr.aws'],
      ['weir-test/k8s', 'registry.k8s.io'],
      ['weir-test/quay', 'quay.io'],
      ['weir-test/hub', 'registry-1.docker.io'],
      ['weir-test/ghcr', 'ghcr.io'],
    ]);
  });

  test('have prefixes that ECR takes, also of the longest environment', () => {
    for (const { prefix } of planRegistryImages({ ...ARGS, env: 'a'.repeat(20) }).caches)
      expect(prefix).toMatch(/^(?=.{2,30}$)[a-z0-9-]+\/[a-z0-9]+$/);
  });

  test('make repositories as ours are: encrypted, with tags that never move', () => {
    const templates = ofType(graph, 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate');
    expect(templates.map(({ inputs }) => inputs.prefix)).toEqual(ofType(graph, RULE).map(({ inputs }) => inputs.ecrRepositoryPrefix));
    for (const { inputs } of templates) {
      expect(inputs).toMatchObject({
        appliedFors: ['PULL_THROUGH_CACHE'],
        resourceTags: { env: 'test' }, // or nobody sees whose bill they are on
        imageTagMutability: 'IMMUTABLE',
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: ARGS.keyArn }],
      });
    }
    for (const rule of ofType(graph, RULE)) expect(needsOf(graph, rule)).toContain(rule.name.replace(/-rule$/, '-template'));
  });

  test('have what they hold scanned when it arrives', () => {
    expect(theOne(graph, 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration').inputs).toMatchObject({
      scanType: 'BASIC',
      rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
    });
  });

  test('AWS-0057: the role that makes repositories makes those of the caches, with the one key', () => {
    const { RepositoriesOfTheCaches: make, EncryptThem: encrypt } = statementsOf(theOne(graph, 'aws:iam/rolePolicy:RolePolicy').inputs.policy);
    expect(make?.Resource).toEqual(cacheRepositories(ARGS));
    expect(cacheRepositories(ARGS)).toContain('arn:aws:ecr:eu-west-1:123456789012:repository/weir-test/quay/*');
    expect(encrypt?.Resource).toEqual([ARGS.keyArn]);
    expect(statementsOf(theOne(graph, 'aws:iam/role:Role').inputs.assumeRolePolicy)).toMatchObject({
      AssumedByTheRegistry: { Principal: { Service: 'ecr.amazonaws.com' } },
    });
  });

  test('that settings do not want leave no trace, not in the registry either', async () => {
    const none = await recordImages({ pullThrough: [], credentials: new Map() });
    expect([...none.values()].filter(({ type, custom }) => custom && !/repository:|lifecyclePolicy:/.test(type)).map(({ type }) => type)).toEqual([]);
  });

  test('of a registry that wants a user are refused without one', () => {
    expect(() => planRegistryImages({ ...ARGS, credentials: new Map([['dockerHub', 'x']]) })).toThrow(
      'images.pullThrough  github wants a user (ghcr.io), and none is given\n  Set weir:registryCredentials.github, or leave github out.',
    );
  });
});

describe('credentials', () => {
  test('stand nowhere but in the envelope of a secret, even when they come as plain text', async () => {
    const graph = await recordImages();
    expect([...graph.values()].flatMap(({ urn, inputs }) => leaks(inputs, MARKER).map((path) => `${urn}${path}`))).toEqual([]);
    const values = ofType(graph, VALUE);
    expect(values.map(({ inputs }) => unwrapped(inputs.secretStringWo))).toEqual([secretOf(MARKER), secretOf(MARKER)]);
    for (const { inputs } of values) expect(inputs).not.toHaveProperty('secretString'); // that one would be read back
  });

  test('have the name that ECR looks for, and nothing that has to be waited for after a destroy', async () => {
    const secrets = ofType(await recordImages(), 'aws:secretsmanager/secret:Secret');
    expect(secrets.map(({ inputs }) => inputs.name)).toEqual(['ecr-pullthroughcache/weir-test-hub', 'ecr-pullthroughcache/weir-test-ghcr']);
    for (const { inputs } of secrets) expect(inputs.recoveryWindowInDays).toBe(0);
  });

  test('AWS-0098, CKV_AWS_149 are waived: under a key of ours ECR could not read them', async () => {
    for (const { inputs } of ofType(await recordImages(), 'aws:secretsmanager/secret:Secret')) expect(inputs).not.toHaveProperty('kmsKeyId');
  });

  test('are there before the rule that logs in with them', async () => {
    const graph = await recordImages();
    const rule = theOne(graph, RULE, '-github-rule');
    expect(needsOf(graph, rule)).toContain('test-registry-images-github-credentials-value');
    expect(rule.inputs.credentialArn).toContain('ecr-pullthroughcache/weir-test-ghcr');
    expect(theOne(graph, RULE, '-quay-rule').inputs).not.toHaveProperty('credentialArn');
  });

  test('that change are written again, those that do not are not', async () => {
    const versionOf = async (token: string) => {
      const credentials = new Map([['github', pulumi.secret(secretOf(token))] as const]);
      const { inputs } = theOne(await recordImages({ pullThrough: ['github'], credentials }), VALUE);
      return unwrapped(inputs.secretStringWoVersion);
    };
    const [one, same, other] = [await versionOf('one'), await versionOf('one'), await versionOf('two')];
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(Number.isInteger(one)).toBe(true);
  });
});
