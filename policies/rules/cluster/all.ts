import type { Rule } from '../../rule.ts';
import { eksPrivateEndpoint } from './eks-private-endpoint.ts';

export const CLUSTER_RULES: readonly Rule[] = [eksPrivateEndpoint];
