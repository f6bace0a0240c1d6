import { isDeepStrictEqual } from 'node:util';
import type { StoredObject } from './cluster-client.ts';

/*
 * What differs where pods are played: nothing answers in them. An API server that asked a webhook of such a pod would wait, and refuse.
 */

/** An object of a chart, as far as its fields matter here. */
export interface Appliable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
}

/** The object without the questions that the API server would ask of a pod: webhooks, conversions, aggregated APIs. */
export function withoutQuestions<T extends Appliable>(object: T): T {
  const spec: Readonly<Record<string, unknown>> = Object(object.spec);
  if (/^(Validating|Mutating)WebhookConfiguration$/.test(object.kind)) return { ...object, webhooks: [] };
  if (object.kind === 'CustomResourceDefinition') return { ...object, spec: { ...spec, conversion: { strategy: 'None' } } };
  if (object.kind !== 'APIService') return object;
  const { service: _, caBundle: __, insecureSkipTLSVerify: ___, ...kept } = spec;
  return { ...object, spec: kept };
}

interface Numbers {
  readonly spec?: { readonly replicas?: number; readonly completions?: number; readonly hard?: Readonly<Record<string, unknown>> };
  readonly metadata?: { readonly generation?: number };
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Whether Helm and Pulumi would go on: pods of a workload are ready, a Job is done. What makes no pods is ready at once. */
export function isReady(kind: unknown, stored: StoredObject): boolean {
  const { spec = {}, metadata = {}, status = {} }: Numbers = stored;
  const seen = status.observedGeneration === metadata.generation;
  if (kind === 'Job') return status.succeeded === (spec.completions ?? 1);
  if (kind === 'DaemonSet') return seen && isDeepStrictEqual(status.numberReady, status.desiredNumberScheduled);
  if (kind === 'ResourceQuota') return isDeepStrictEqual(status.hard, spec.hard); // until then the server refuses what it counts
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return true;
  return seen && (status.readyReplicas ?? 0) === (spec.replicas ?? 1);
}
