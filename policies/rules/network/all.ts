import type { Rule } from '../../rule.ts';
import { natPerZone } from './nat-per-zone.ts';
import { vpcDefaultSgClosed } from './vpc-default-sg-closed.ts';
import { vpcFlowLogs } from './vpc-flow-logs.ts';

export const NETWORK_RULES: readonly Rule[] = [vpcFlowLogs, vpcDefaultSgClosed, natPerZone];
