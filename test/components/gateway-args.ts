import * as k8s from '@pulumi/kubernetes';
import type { Graph } from '../../cli/graph/node.ts';
import { ExternalDns } from '../../components/dns/external-dns.ts';
import { Gateway } from '../../components/gateway/gateway.ts';
import type { GatewayArgs } from '../../components/gateway/plan.ts';
import { LoadBalancerController } from '../../components/load-balancer/load-balancer-controller.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { graphOf } from './graphs.ts';

/** What a Gateway is given beside what it stands on. */
export const GATEWAY_ARGS: Omit<GatewayArgs, 'after' | 'hooks'> = {
  clusterName: 'weir-test',
  domain: 'ml.example.com',
  scheme: 'internal',
  certificate: { kind: 'issuer', name: 'weir' },
  callers: { issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['weir'], tenantClaim: 'tenant' },
  requestsPerSecond: 2000,
  maxBodyMiB: 8,
  rateLimitEndpoint: 'limits.example.com',
  logsBucket: 'weir-test-logs',
  deletionProtection: false,
  dns: true,
  ownNodes: true,
  replicas: 2,
};

export const PEOPLE = { issuer: 'https://login.example.com', clientId: 'weir', secretName: 'weir-people', secretReady: [] };

/** The way in with what it stands on. */
export function gatewayGraph(change: Partial<GatewayArgs> = {}, without: readonly (keyof GatewayArgs)[] = []): Promise<Graph> {
  return graphOf(() => {
    const inside = { providers: [new k8s.Provider('test-kubernetes', {})] };
    const hooks = makeHooks({ region: 'eu-west-1', clusterName: 'weir-test' });
    const place = {
      clusterName: 'weir-test',
      account: '123456789012',
      partition: 'aws',
      region: 'eu-west-1',
      rolePrefix: 'weir-test',
      ownNodes: true,
    };
    const balancers = new LoadBalancerController('test-load-balancer', { ...place, vpcId: 'vpc-1', tags: {}, after: [] }, inside);
    const after = balancers.ready;
    const dns = new ExternalDns('test-dns', { ...place, domain: 'ml.example.com', zone: 'Z1', after, hooks }, inside);
    const args = { ...GATEWAY_ARGS, hooks, after: [...after, ...dns.ready], ...change };
    for (const key of without) Reflect.deleteProperty(args, key);
    return new Gateway('test-gateway', args, inside);
  });
}
