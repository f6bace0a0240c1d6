import { join } from 'node:path';
import { ArgsError } from '../errors.ts';
import type { VersionRef } from '../model/status.ts';
import type { ModelKey, Slot } from '../model/types.ts';
import { FILES } from '../registry/port.ts';
import { type BackOff, Copy } from './copy.ts';
import type { Disturbance, WorkerOptions } from './messages.ts';
import type { Workloads } from './port.ts';

export interface ModelServerOptions {
  /**
   * The registry's checked folder of a version: verifies the manifest, rejects with an ArgsError when that fails. Called before each load.
   * `version.digest` is compared with the digest that was asked for.
   */
  readonly fetch: (model: ModelKey, version: string) => Promise<{ readonly directory: string; readonly version: { readonly digest: string } }>;
  /** Default 100 ms to 5 s. */
  readonly backOff?: BackOff;
  /** Of a request to a model, after the gateway's own limits. Default 4 MiB. */
  readonly maxBodyBytes?: number;
}

/** ONNX Runtime in worker threads: each copy has its own thread, session and loopback V2 server, so a crash touches one version only. */
export interface ModelServer extends Workloads {
  /** Where a slot serves now and what it has loaded, or null. The gateway asks on every request. */
  endpoint(model: ModelKey, slot: Slot): { readonly port: number; readonly digest: string } | null;
  /** Delays or fails a slot's requests, until null. Stays over the copy's restarts. */
  disturb(model: ModelKey, slot: Slot, disturbance: Disturbance | null): void;
  /** Ends a slot's worker as a crash does. */
  kill(model: ModelKey, slot: Slot): Promise<void>;
  close(): Promise<void>;
}

const SLOTS: readonly Slot[] = ['a', 'b'];

export function createModelServer({ fetch, backOff = { firstMs: 100, maxMs: 5_000 }, maxBodyBytes = 4 << 20 }: ModelServerOptions): ModelServer {
  const copies: Record<Slot, Map<ModelKey, Copy>> = { a: new Map(), b: new Map() };

  async function prepare(model: ModelKey, asked: VersionRef): Promise<WorkerOptions> {
    const { directory, version } = await fetch(model, asked.version);
    if (version.digest !== asked.digest) {
      throw new ArgsError(`registry ${model}`, `has ${version.digest}, but ${asked.digest} was asked for`, 'Apply the model file again.');
    }
    const limits = { maxBodyBytes, maxDepth: 32 };
    return { model: model.slice(model.indexOf('/') + 1), version: asked.version, path: join(directory, FILES.model), limits };
  }

  async function remove(model: ModelKey, slot: Slot): Promise<void> {
    const copy = copies[slot].get(model);
    copies[slot].delete(model);
    await copy?.stop();
  }

  return {
    async apply(model, slot, version) {
      const present = copies[slot].get(model);
      if (present?.version.digest === version.digest && present.version.version === version.version) return;
      const stopping = remove(model, slot);
      copies[slot].set(model, new Copy({ slot, version, prepare: () => prepare(model, version), backOff }));
      await stopping;
    },
    remove,
    async pods(model) {
      return SLOTS.flatMap((slot) => copies[slot].get(model)?.pod() ?? []);
    },
    endpoint(model, slot) {
      const copy = copies[slot].get(model);
      const port = copy?.port() ?? null;
      return copy === undefined || port === null ? null : { port, digest: copy.version.digest };
    },
    disturb: (model, slot, disturbance) => copies[slot].get(model)?.disturb(disturbance),
    async kill(model, slot) {
      await copies[slot].get(model)?.kill();
    },
    async close() {
      await Promise.all(SLOTS.flatMap((slot) => [...copies[slot].keys()].map((model) => remove(model, slot))));
    },
  };
}
