import type { Identity } from '../identity.ts';
import type { Phase, Route } from '../status.ts';
import type { Slot } from '../types.ts';

/** Any Kubernetes object, as it is applied. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [key: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  /** The tenant's; absent from a PersistentVolume alone, which lies in no namespace. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What rendering needs of a rollout's state; the rest of the status changes no object. */
export interface RenderStatus {
  /** The intent: positions, mirror, and what each slot serves (null: the slot is empty and nothing of it is rendered). */
  readonly route: Route;
  readonly phase: Phase;
  /** Replicas that the stable slot has now: what a candidate's size and stable's raised minimum follow from (10-rollout, 8). */
  readonly stableReplicas: number;
  /** What each slot's version was started with, kept by the controller since its attempt began; absent: as the spec says now. */
  readonly started?: Readonly<Partial<Record<Slot, Identity>>>;
}

/** What the platform around the models is called and which images it runs: settings of the environment, never of a model. */
export interface RenderEnvironment {
  /** Domain of the gateway: a tenant's host is `<tenant>.<domain>`. */
  readonly domain: string;
  readonly gateway: { readonly name: string; readonly namespace: string };
  /** All by digest. */
  readonly images: { readonly weir: string; readonly triton: string; readonly vllm: string };
  readonly region: string;
  /** Bucket of the promoted model files: `models/<tenant>/<model>/<digest>/`. */
  readonly servingBucket: string;
  /** Bootstrap addresses of Kafka, with commas between. */
  readonly kafka: string;
  /** Where KEDA asks: `http://prometheus-operated.monitoring:9090`. */
  readonly prometheus: string;
  readonly featureServer: string;
  /** Namespaces that may talk to models. */
  readonly namespaces: { readonly gateway: string; readonly monitoring: string; readonly runtime: string };
  /**
   * Addresses that pods may reach: the VPC's own (interface endpoints, brokers), and the region's prefix list of S3, since a gateway
   * endpoint routes S3's public addresses and has none of its own.
   */
  readonly egressCidrs: readonly string[];
  /** Spread replicas over zones. */
  readonly zones: number;
}
