import type { Resource } from '@pulumi/pulumi';
import { chartPin } from '../../charts/pins.ts';
import { Admission } from '../../components/admission/admission.ts';
import { dnsSuffix } from '../../components/identity/dns-suffix.ts';
import { RULES } from '../../policies/catalogue.ts';
import { rulingsOf } from '../../policies/config.ts';
import type { Below, Part } from './below.ts';

/**
 * What the API server refuses. @param after The platform's namespaces and every CRD: rules are checked against the kinds that they are about, and in
 * force before anything of the platform runs.
 */
export function buildAdmission({ settings, foundation, inside }: Below, after: readonly Resource[]): Part {
  const { environment, account, region, partition, policies = {}, profile } = settings;
  const registries = [`${account}.dkr.ecr.${region}.${dnsSuffix(partition)}/`];
  const ownCluster = foundation.cluster.owner.apply((owner) => owner === 'weir');
  const levels = Object.fromEntries(rulingsOf(RULES, policies, profile).map(({ rule, level }) => [rule.id, level]));
  return new Admission(`${environment}-admission`, { registries, platformImages: PLATFORM_IMAGES, levels, ownCluster, after }, inside);
}

/** Argo puts its executor beside every step of a tenant's workflow. */
const PLATFORM_IMAGES = [`quay.io/argoproj/argoexec:${chartPin('argo-workflows').appVersion}`];
