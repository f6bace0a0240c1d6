import type { Rule } from '../../rule.ts';
import { eksApiAuthOnly } from './eks-api-auth-only.ts';
import { eksDeletionProtection } from './eks-deletion-protection.ts';
import { eksLogs } from './eks-logs.ts';
import { eksNoOpenCidr } from './eks-no-open-cidr.ts';
import { eksOwnKey } from './eks-own-key.ts';
import { eksPrivateEndpoint } from './eks-private-endpoint.ts';
import { eksStandardSupport } from './eks-standard-support.ts';
import { eksSupportedVersion } from './eks-supported-version.ts';

export const CLUSTER_RULES: readonly Rule[] = [
  eksPrivateEndpoint,
  eksNoOpenCidr,
  eksOwnKey,
  eksLogs,
  eksSupportedVersion,
  eksApiAuthOnly,
  eksDeletionProtection,
  eksStandardSupport,
];
