/** What the platform tells a model worker: one worker thread is one copy of one version. */
export interface WorkerOptions {
  readonly model: string;
  readonly version: string;
  /** The ONNX file. */
  readonly path: string;
  readonly limits: { readonly maxBodyBytes: number; readonly maxDepth: number };
}

/** A drill's disturbance: every answer this much later, and this share of requests failed, 0..1. */
export interface Disturbance {
  readonly delayMs: number;
  readonly errorShare: number;
}

export type ToWorker = { readonly kind: 'disturb'; readonly disturbance: Disturbance | null };

export type FromWorker = { readonly kind: 'ready'; readonly port: number } | { readonly kind: 'failed'; readonly message: string };
