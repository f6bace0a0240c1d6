import type { Rule } from '../../rule.ts';
import { budgetExists } from './budget-exists.ts';
import { dataProtected } from './data-protected.ts';
import { kubeconfigWithoutCredentials } from './kubeconfig-without-credentials.ts';
import { noRemoteComponents } from './no-remote-components.ts';
import { providerClusterIdentifier } from './provider-cluster-identifier.ts';
import { queueNotNamedDefault } from './queue-not-named-default.ts';
import { releasePinnedInTable } from './release-pinned-in-table.ts';
import { tagsComplete } from './tags-complete.ts';

export const STACK_RULES: readonly Rule[] = [
  releasePinnedInTable,
  queueNotNamedDefault,
  tagsComplete,
  dataProtected,
  budgetExists,
  providerClusterIdentifier,
  noRemoteComponents,
  kubeconfigWithoutCredentials,
];
