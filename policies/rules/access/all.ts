import type { Rule } from '../../rule.ts';
import { gatewayPolicyNotTenants } from './gateway-policy-not-tenants.ts';
import { noDefaultAccount } from './no-default-account.ts';
import { noLoadBalancerButGateway } from './no-load-balancer-but-gateway.ts';
import { noNodePort } from './no-node-port.ts';
import { rbacNoClusterSecrets } from './rbac-no-cluster-secrets.ts';
import { rbacNoWildcard } from './rbac-no-wildcard.ts';
import { tokenNotMounted } from './token-not-mounted.ts';

export const ACCESS_RULES: readonly Rule[] = [
  noDefaultAccount,
  tokenNotMounted,
  rbacNoWildcard,
  rbacNoClusterSecrets,
  noLoadBalancerButGateway,
  noNodePort,
  gatewayPolicyNotTenants,
];
