import type { Rule } from '../../rule.ts';
import { canaryHasGuard } from './canary-has-guard.ts';
import { modelHasAlertRoute } from './model-has-alert-route.ts';
import { modelHasDriftJob } from './model-has-drift-job.ts';
import { modelHasOwner } from './model-has-owner.ts';
import { modelHasRegistryRef } from './model-has-registry-ref.ts';
import { routeAuthenticated } from './route-authenticated.ts';

export const MODELS_RULES: readonly Rule[] = [
  modelHasOwner,
  modelHasRegistryRef,
  modelHasDriftJob,
  modelHasAlertRoute,
  canaryHasGuard,
  routeAuthenticated,
];
