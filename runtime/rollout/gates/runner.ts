import { ArgsError, messageOf } from '../../errors.ts';
import type { GateSpec } from '../../model/plan.ts';
import type { VersionRef } from '../../model/status.ts';
import { keyOf, type ModelKey, type ModelSpec, type Slot } from '../../model/types.ts';
import type { RegisteredVersion, Registry } from '../../registry/port.ts';
import { gatesOf, type Stage } from '../decide/validate.ts';
import type { Gates } from '../ports.ts';
import type { GateResult } from '../types.ts';
import { checkGolden, type Infer } from './golden.ts';
import { checkFormat, checkMetric, checkReference } from './manifest.ts';
import { checkSchema } from './schema-compat.ts';

export interface GatesOptions {
  readonly registry: Registry;
  /** Asks one slot's copy of a model directly, past the gateway. */
  readonly infer: Infer;
  /** Between tries after an error that is nobody's fault (a copy that restarts, a disk that is busy). */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Everything that a gate looks at. `fetch` checks every hash and the signature, once for all gates of a stage. */
export interface Candidate {
  readonly spec: ModelSpec;
  readonly slot: Slot;
  readonly version: RegisteredVersion;
  readonly fetch: () => Promise<string>;
  readonly infer: Infer;
}

const TRIES = 4;
const FIRST_WAIT_MS = 200;

/** Runs gates beside the queue; `decide` sees their results only. A restart forgets them and they run again, with the same result. */
export function createGates(options: GatesOptions): Gates {
  const attempts = new Map<string, Map<string, GateResult>>();
  return {
    start(spec, attempt, candidate, stage) {
      const prefix = `${keyOf(spec)} `;
      const name = prefix + attempt;
      for (const old of attempts.keys()) if (old.startsWith(prefix) && old !== name) attempts.delete(old);
      const results = attempts.get(name) ?? new Map<string, GateResult>();
      attempts.set(name, results);
      for (const gate of gatesOf(spec.rollout.gates, stage)) results.set(gate.type, { type: gate.type, state: 'pending' });
      void runStage(options, spec, candidate, stage, (result) => results.set(result.type, result));
    },
    results: (model: ModelKey, attempt) => [...(attempts.get(`${model} ${attempt}`)?.values() ?? [])],
  };
}

/** Never rejects: what a gate throws is its result. */
async function runStage(
  options: GatesOptions,
  spec: ModelSpec,
  place: VersionRef & { slot: Slot },
  stage: Stage,
  report: (result: GateResult) => void,
): Promise<void> {
  const candidate = await retried(options, () => candidateOf(options, spec, place)).catch((error: unknown) => messageOf(error));
  for (const gate of gatesOf(spec.rollout.gates, stage)) {
    const { type } = gate;
    try {
      if (typeof candidate === 'string') throw new ArgsError(`version ${place.version}`, candidate, 'Register the version again.');
      report({ type, state: 'passed', message: await retried(options, () => check(gate, candidate)) });
    } catch (error) {
      report({ type, state: 'failed', message: error instanceof ArgsError ? `${error.path} ${error.problem}` : messageOf(error) });
    }
  }
}

async function candidateOf({ registry, infer }: GatesOptions, spec: ModelSpec, place: VersionRef & { slot: Slot }): Promise<Candidate> {
  const { model } = spec.registry;
  const version = await registry.get(model, place.version);
  if (version === null) throw new ArgsError(`version ${place.version}`, 'is not in the registry', 'Register it.');
  if (version.digest !== place.digest) {
    throw new ArgsError(`version ${place.version}`, `has digest ${version.digest}, not ${place.digest}`, 'Name the version again.');
  }
  let directory: Promise<string> | null = null;
  const fetch = (): Promise<string> => {
    directory ??= registry.fetch(model, place.version).then((fetched) => fetched.directory);
    // A failure is not kept: the next try asks the registry again
    directory.catch(() => {
      directory = null;
    });
    return directory;
  };
  return { spec, slot: place.slot, version, fetch, infer };
}

/** What passed, in words. Throws ArgsError with what did not. */
async function check(gate: GateSpec, candidate: Candidate): Promise<string> {
  switch (gate.type) {
    case 'Format':
      return checkFormat(candidate);
    case 'Manifest':
      await candidate.fetch();
      return `${candidate.version.manifest.files.length} files are as signed`;
    case 'Reference':
      return checkReference(candidate);
    case 'SchemaCompat':
      return checkSchema(candidate);
    case 'RegistryMetric':
      return checkMetric(candidate, gate);
    case 'GoldenSet':
      return checkGolden(candidate);
  }
  throw new Error(`gate ${String(gate.type)} is not known`);
}

/** A mistake is final; any other error gets three more tries, each after twice the time. */
async function retried<T>({ sleep }: GatesOptions, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ArgsError || attempt === TRIES) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}
