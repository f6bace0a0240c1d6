import type { Rule } from '../../rule.ts';
import { iamBounded } from './iam-bounded.ts';
import { iamNoStar } from './iam-no-star.ts';
import { iamPassroleScoped } from './iam-passrole-scoped.ts';
import { iamS3Scoped } from './iam-s3-scoped.ts';
import { iamTrustPinned } from './iam-trust-pinned.ts';
import { iamTrustSource } from './iam-trust-source.ts';
import { resourceNotPublic } from './resource-not-public.ts';

export const IDENTITY_RULES: readonly Rule[] = [
  iamNoStar,
  iamBounded,
  iamS3Scoped,
  iamPassroleScoped,
  iamTrustPinned,
  iamTrustSource,
  resourceNotPublic,
];
