import { expect, test } from 'vitest';
import { RULES } from '../../policies/catalogue.ts';

/** Rules of 30-platform 13, by name. */
const NAMED = `
eks-private-endpoint eks-no-open-cidr eks-own-key eks-logs eks-supported-version node-imdsv2-hop1 node-encrypted-volumes rds-baseline s3-baseline s3-registry-locked
msk-encrypted-logged-private msk-iam-only msk-replication msk-no-auto-topics valkey-baseline ecr-immutable-scanned kms-rotation secrets-own-key efs-encrypted
dynamodb-recoverable sqs-encrypted log-retention-and-key athena-enforced iam-no-star iam-s3-scoped iam-passrole-scoped iam-trust-pinned vpc-flow-logs vpc-default-sg-closed
pod-non-root pod-drop-all pod-no-escalation pod-ro-root pod-seccomp pod-probes pod-memory-limit pod-requests image-digest image-not-latest no-default-namespace
no-default-account token-not-mounted rbac-no-wildcard rbac-no-cluster-secrets tenant-pss-labels tenant-default-deny tenant-quota eks-api-auth-only eks-deletion-protection
eks-standard-support karpenter-ami-pinned nodepool-gpu-limit gpu-pool-tainted nodepool-expiry-with-grace nodepool-budget no-load-balancer-but-gateway no-node-port
triton-no-poll triton-restricted-api triton-startup-covers-load keda-fallback-and-nulls keda-zero-not-on-triton model-has-owner model-has-registry-ref model-has-drift-job
model-has-alert-route canary-has-guard route-authenticated release-pinned-in-table queue-not-named-default lake-broker-type tags-complete data-protected nat-per-zone
budget-exists provider-cluster-identifier no-remote-components kubeconfig-without-credentials
`;

/** Public ids that 30-platform lists beside what is made (2.1 to 2.8) and in its table (13). */
const PUBLIC = `
AWS-0178 CKV2_AWS_11 AWS-0173 CKV2_AWS_12
AWS-0038 AWS-0039 AWS-0040 AWS-0041 CKV_AWS_37 CKV_AWS_38 CKV_AWS_39 CKV_AWS_58 CKV_AWS_339
AWS-0130 AWS-0131 CKV_AWS_79 CKV_AWS_341
AWS-0057 AWS-0342 AWS-0345 CKV_AWS_107 CKV_AWS_108 CKV_AWS_109 CKV_AWS_110 CKV_AWS_111
AWS-0065 CKV_AWS_7 AWS-0098 CKV_AWS_149
AWS-0086 AWS-0087 AWS-0088 AWS-0089 AWS-0090 AWS-0091 AWS-0092 AWS-0093 AWS-0094 AWS-0132
CKV_AWS_18 CKV_AWS_19 CKV_AWS_21 CKV_AWS_53 CKV_AWS_54 CKV_AWS_55 CKV_AWS_56 CKV_AWS_70 CKV_AWS_143 CKV_AWS_145 CKV_AWS_300 CKV_AWS_379
AWS-0077 AWS-0080 AWS-0133 AWS-0176 AWS-0177 AWS-0180 CKV_AWS_16 CKV_AWS_17 CKV_AWS_118 CKV_AWS_129 CKV_AWS_133 CKV_AWS_157 CKV_AWS_161
CKV_AWS_211 CKV_AWS_226 CKV_AWS_293 CKV_AWS_353 CKV_AWS_354 CKV2_AWS_30 CKV2_AWS_60 CKV2_AWS_69
AWS-0073 AWS-0074 AWS-0179 CKV_AWS_80 CKV_AWS_81 CKV_AWS_291
AWS-0045 AWS-0050 AWS-0051 CKV_AWS_29 CKV_AWS_30 CKV_AWS_191 CKV2_AWS_50
AWS-0030 AWS-0031 AWS-0033 CKV_AWS_51 CKV_AWS_136 CKV_AWS_163
AWS-0037 AWS-0024 AWS-0025 CKV_AWS_28 CKV_AWS_119 AWS-0006 AWS-0007 CKV_AWS_82 CKV_AWS_159
AWS-0017 CKV_AWS_66 CKV_AWS_158 CKV_AWS_338 AWS-0096 CKV_AWS_27 AWS-0014 CKV_AWS_67 AWS-0015 CKV_AWS_35 AWS-0016 CKV_AWS_36 CKV_AWS_166
KSV-0012 CKV_K8S_23 KSV-0003 CKV_K8S_28 CKV_K8S_37 KSV-0001 CKV_K8S_20 KSV-0014 CKV_K8S_22 KSV-0030 KSV-0104 CKV_K8S_31
CKV_K8S_8 CKV_K8S_9 KSV-0018 CKV_K8S_13 CKV_K8S_10 CKV_K8S_12 CKV_K8S_43 KSV-0013 CKV_K8S_14
KSV-0110 CKV_K8S_21 CKV_K8S_41 KSV-0036 CKV_K8S_38 KSV-0044 KSV-0045 CKV_K8S_49 KSV-0041 CKV2_K8S_6
`;
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

test('every rule of the design is there', () => {
  const ids = new Set(RULES.map(({ id }) => id));
  expect(words(NAMED).filter((id) => !ids.has(id))).toEqual([]);
});

test('every public rule that the design lists is some rule’s', () => {
  const known = new Set(RULES.flatMap(({ ids }) => ids));
  expect(words(PUBLIC).filter((id) => !known.has(id))).toEqual([]);
});

test('public ids are written as their scanners write them', () => {
  const form = /^(CKV2?_(AWS|K8S)_\d+|AWS-\d{4}|KSV-\d{4}|(CIS|NSA).*)$/;
  expect(RULES.flatMap(({ ids }) => ids).filter((id) => !form.test(id))).toEqual([]);
});
