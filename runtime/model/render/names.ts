import { sha256Of } from '../../canonical-json.ts';
import type { TenantModel } from '../loaded.ts';
import type { Slot } from '../types.ts';
import type { RenderEnvironment } from './types.ts';

/**
 * Names of what a model becomes. A model's name has at most 50 characters (schema, `dnsName`) and a DNS label 63, so a prefix and a suffix
 * may add 13 together; KEDA puts `keda-hpa-` before a ScaledObject's.
 */

/** On a tenant's namespace, and on all that is rendered for it: gateway, queues and policies choose by it. */
export const TENANT_LABEL = 'weir.dev/tenant';

export function namespaceOf(tenant: string): string {
  return `tenant-${tenant}`;
}

/** Of everything that a slot has: Deployment, Service, ScaledObject, ConfigMap, PodDisruptionBudget. Adds 2. */
export function slotName(model: string, slot: Slot): string {
  return `${model}-${slot}`;
}

/** Of everything that a model has once: HTTPRoute, BackendTrafficPolicy, PodMonitor, NetworkPolicy. Adds 5. */
export function modelName(model: string): string {
  return `weir-${model}`;
}

/**
 * The claim of a version's files (`delivery: mountpoint`): both slots may read it, so it has no slot. The API server lets nothing of a volume be
 * changed, so the name follows from all that a tenant may change of it. Adds 13.
 * @param storage Size of the cache, a quantity.
 */
export function claimName(model: string, digest: string, storage: string): string {
  return `${model}-${hexOf(sha256Of(`${digest} ${storage}`)).slice(0, 12)}`;
}

/** The volume behind that claim. It lies in no namespace, hence the tenant; a volume's name is a DNS subdomain and holds 253. */
export function volumeName(tenant: string, claim: string): string {
  return `weir.${tenant}.${claim}`;
}

/** `sha256:ab12…` without its algorithm: a colon belongs into neither a name nor a key of S3. */
export function hexOf(digest: string): string {
  return digest.replace(/^sha256:/, '');
}

/** Where callers find the model: a host of its own, or the tenant's. */
export function hostOf(model: TenantModel, environment: Pick<RenderEnvironment, 'domain'>): string {
  return model.route.host ?? `${model.tenant}.${environment.domain}`;
}
