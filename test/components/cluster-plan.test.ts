import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicEndpointOf } from '../../components/cluster/endpoint.ts';
import { type ClusterArgs, planCluster } from '../../components/cluster/plan.ts';
import { role, SETTINGS } from './cluster-args.ts';

const plan = (args: Partial<ClusterArgs> = {}) =>
  planCluster({
    ...SETTINGS,
    vpcId: 'vpc-1',
    controlPlaneSubnetIds: ['subnet-1', 'subnet-2'],
    networkReady: [],
    ...args,
  });

describe('the endpoint', () => {
  test('is private alone when no range is named', () => {
    expect(plan().endpoint).toEqual({ endpointPrivateAccess: true, endpointPublicAccess: false });
  });

  test('is public for the ranges that are named, and private still', () => {
    expect(publicEndpointOf(['198.51.100.0/24'])).toEqual({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ['198.51.100.0/24'],
    });
  });

  test.each([
    ['0.0.0.0/0', 'opens the endpoint to the world'],
    ['128.0.0.0/1', 'opens the endpoint to the world'],
    ['10.0.0.0/8', 'is a private range'],
    ['172.31.0.0/16', 'is a private range'],
    ['192.168.1.0/24', 'is a private range'],
    ['100.64.0.0/16', 'is a private range'],
  ])('refuses %s: it %s', (cidr, problem) => {
    expect(() => publicEndpointOf([cidr])).toThrow(`cluster.publicCidrs  "${cidr}" ${problem}`);
  });

  test('never has a range wider than a /8, whatever is asked for', () => {
    const cidr = fc.tuple(fc.integer({ min: 11, max: 99 }), fc.integer({ min: 0, max: 32 })).map(([first, prefix]) => `${first}.0.0.0/${prefix}`);
    const opened = (cidrs: readonly string[]) => {
      try {
        return publicEndpointOf(cidrs).publicAccessCidrs ?? [];
      } catch {
        return 'refused';
      }
    };
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 4 }), (cidrs) => {
        const wide = cidrs.some((range) => Number(range.split('/')[1]) < 8);
        expect(opened(cidrs)).toEqual(wide ? 'refused' : cidrs);
      }),
    );
  });
});

describe('services get a range of their own', () => {
  test.each([
    ['10.20.0.0/16', '172.20.0.0/16'],
    ['172.20.0.0/16', '10.100.0.0/16'],
  ])('in a VPC of %s it is %s', (networkCidr, serviceCidr) => {
    expect(plan({ networkCidr }).serviceCidr).toBe(serviceCidr);
  });
});

describe('who may enter', () => {
  test('deploying and break-glass roles are administrators, readers see everything but Secrets', () => {
    const access = { deploy: role('deploy'), breakGlass: [role('sre/glass')], readers: [role('look')] };
    expect(plan({ access }).access).toEqual([
      { name: 'deploy', principalArn: role('deploy'), policy: 'AmazonEKSClusterAdminPolicy' },
      { name: 'break-glass-123456789012-sre-glass', principalArn: role('sre/glass'), policy: 'AmazonEKSClusterAdminPolicy' },
      { name: 'reader-123456789012-look', principalArn: role('look'), policy: 'AmazonEKSViewPolicy' },
    ]);
  });

  test('a role keeps its identity when others come or go', () => {
    const readers = ['a', 'b', 'c'].map(role);
    const names = (some: readonly string[]) => plan({ access: { deploy: role('deploy'), readers: some } }).access.map(({ name }) => name);
    expect(names(readers)).toEqual(expect.arrayContaining(names(readers.slice(1))));
  });

  test('a role that is named twice is refused, since EKS knows one entry for each', () => {
    expect(() => plan({ access: { deploy: role('deploy'), readers: [role('deploy')] } })).toThrow(`access  ${role('deploy')} is named twice`);
  });
});

describe('what makes a cluster that EKS would refuse half an hour later is refused at once', () => {
  test.each<[string, Partial<ClusterArgs>, string]>([
    ['a name with a dot', { clusterName: 'weir.prod' }, 'cluster.name  "weir.prod" is no name of a cluster'],
    ['one subnet', { controlPlaneSubnetIds: ['subnet-1'] }, 'cluster.subnets  fewer than two are given'],
    [
      'a version without add-ons',
      { version: '1.29' },
      'cluster.version  "1.29" is no version that Weir has add-ons for\n  Use one of 1.36, 1.35, 1.34.',
    ],
  ])('%s', (_, args, message) => {
    expect(() => plan(args)).toThrow(message);
  });
});

describe('the control plane is tuned only where it is said', () => {
  test("a standard tier without bin packing leaves AWS's defaults alone", () => {
    expect(plan().tuning).toEqual({});
  });

  test('a provisioned tier reads the autoscaler every 10 s, which EKS allows on it alone', () => {
    expect(plan({ tier: 'tier-xl' }).tuning).toEqual({
      controlPlaneScalingConfig: { tier: 'tier-xl' },
      kubeControllerManagerConfig: { horizontalPodAutoscalerControllerConfig: { horizontalPodAutoscalerSyncPeriod: '10s' } },
    });
  });

  test('bin packing fills GPUs before all else', () => {
    const { scoringStrategy } = plan({ binPacking: true }).tuning.kubeSchedulerConfig?.nodeResourcesFit ?? {};
    expect(scoringStrategy?.type).toBe('MostAllocated');
    expect(scoringStrategy?.resources).toEqual([
      { name: 'nvidia.com/gpu', weight: 5 },
      { name: 'cpu', weight: 1 },
      { name: 'memory', weight: 1 },
    ]);
  });
});

test.each([
  ['keep', true],
  ['drop', false],
] as const)('with dataPolicy %s deletion protection is %s', (dataPolicy, deletionProtection) => {
  expect(plan({ dataPolicy }).deletionProtection).toBe(deletionProtection);
});
