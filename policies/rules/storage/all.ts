import type { Rule } from '../../rule.ts';
import { backupVaultKey } from './backup-vault-key.ts';
import { ecrImmutableScanned } from './ecr-immutable-scanned.ts';
import { kmsRotation } from './kms-rotation.ts';
import { s3Baseline } from './s3-baseline.ts';
import { s3RegistryLocked } from './s3-registry-locked.ts';
import { secretsOwnKey } from './secrets-own-key.ts';
import { trailBaseline } from './trail-baseline.ts';

export const STORAGE_RULES: readonly Rule[] = [
  kmsRotation,
  s3Baseline,
  s3RegistryLocked,
  ecrImmutableScanned,
  secretsOwnKey,
  trailBaseline,
  backupVaultKey,
];
