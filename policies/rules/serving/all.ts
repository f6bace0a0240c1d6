import type { Rule } from '../../rule.ts';
import { kedaFallbackAndNulls } from './keda-fallback-and-nulls.ts';
import { kedaZeroNotOnTriton } from './keda-zero-not-on-triton.ts';
import { tritonNoPoll } from './triton-no-poll.ts';
import { tritonRestrictedApi } from './triton-restricted-api.ts';
import { tritonStartupCoversLoad } from './triton-startup-covers-load.ts';

export const SERVING_RULES: readonly Rule[] = [tritonNoPoll, tritonRestrictedApi, tritonStartupCoversLoad, kedaFallbackAndNulls, kedaZeroNotOnTriton];
