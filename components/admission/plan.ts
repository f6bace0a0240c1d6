import type { Output, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { NAMESPACES, planClusterBase } from '../kubernetes/plan.ts';
import { type ImageRules, PLATFORM_IMAGES, tenantImages } from './images.ts';
import { privilegedNamespaces, TENANT_NAMESPACES } from './namespaces.ts';
import { GPU_PODS, PROBED_PODS } from './pods.ts';
import { type AdmissionPolicy, ANYWHERE, namespacesNamed, OURS_ONLY, type Place, TENANTS } from './policy.ts';
import { EPOCHS, GATEWAY_POLICIES } from './routes.ts';
import { NO_OTHER_DOOR } from './services.ts';
import { DISRUPTION, NO_DEFAULT_QUEUE, QUEUED } from './training.ts';

/** What the API server refuses, by itself: nothing has to run for it, and it costs nothing. */
export interface AdmissionArgs extends ImageRules {
  /** Whether the cluster is Weir's. In another team's, namespaces that are not of Weir are only warned about. */
  readonly ownCluster: Output<boolean>;
  /** What must be there first: namespaces, and every kind that a rule is about. */
  readonly after: readonly Resource[];
}

/** A policy, and where it holds. */
export interface BoundPolicy {
  readonly policy: AdmissionPolicy;
  readonly places: readonly Place[];
}

/** @throws ArgsError without a registry, since no tenant could run anything; for one without its slash, since another registry may begin like it */
export function planAdmission({ registries, platformImages }: ImageRules): readonly BoundPolicy[] {
  if (registries.length === 0) throw new ArgsError('admission.registries', 'is empty', 'Name the registry of the account.');
  const open = registries.find((registry) => !registry.endsWith('/'));
  if (open !== undefined) throw new ArgsError('admission.registries', `"${open}" has no end`, `Write ${open}/`);
  const quoted = [...registries, ...platformImages].find((name) => /['"\\\s]/.test(name));
  if (quoted !== undefined) throw new ArgsError('admission', `"${quoted}" is no name of an image`, 'Leave quotes and spaces out.');

  const platform = namespacesNamed('platform', Object.values(NAMESPACES));
  const closed = namespacesNamed(
    'platform',
    Object.values(NAMESPACES).filter((name) => name !== NAMESPACES.gateway),
  );
  const privileged = planClusterBase().namespaces.filter(({ pods }) => pods === 'privileged');
  const ofTenants = [
    tenantImages({ registries, platformImages }),
    GPU_PODS,
    PROBED_PODS,
    QUEUED,
    NO_DEFAULT_QUEUE,
    DISRUPTION,
    EPOCHS,
    GATEWAY_POLICIES,
  ];
  return [
    ...ofTenants.map((policy) => ({ policy, places: [TENANTS] })),
    { policy: PLATFORM_IMAGES, places: [platform] },
    { policy: NO_OTHER_DOOR, places: [TENANTS, closed] },
    { policy: TENANT_NAMESPACES, places: [ANYWHERE] },
    { policy: privilegedNamespaces(privileged.map(({ name }) => name)), places: [OURS_ONLY] },
  ];
}
