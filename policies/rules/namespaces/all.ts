import type { Rule } from '../../rule.ts';
import { namespaceNotPrivileged } from './namespace-not-privileged.ts';
import { noDefaultNamespace } from './no-default-namespace.ts';
import { tenantDefaultDeny } from './tenant-default-deny.ts';
import { tenantPssLabels } from './tenant-pss-labels.ts';
import { tenantQuota } from './tenant-quota.ts';
import { workQueued } from './work-queued.ts';

export const NAMESPACES_RULES: readonly Rule[] = [
  noDefaultNamespace,
  tenantPssLabels,
  tenantDefaultDeny,
  tenantQuota,
  namespaceNotPrivileged,
  workQueued,
];
