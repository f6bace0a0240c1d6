import { keyOf } from '../model/types.ts';
import type { ModelObject } from '../objects/port.ts';
import type { RolloutPorts } from './act.ts';
import type { ModelStatus, Reading, World } from './types.ts';

export interface Round {
  readonly epoch: number;
  readonly start: number;
  readonly moved: boolean;
  readonly routeFailed: boolean;
  readonly firstTick: boolean;
  readonly now: number;
  /** Told of a source that cannot be read while the decision goes on without it. */
  readonly report: (error: unknown) => void;
}

/**
 * Reads everything that a decision is made from, fresh. A registry or a source of metrics that is down is reported and must not keep a
 * rollback waiting (I3): without a target nothing starts, without readings a rollback goes by time.
 */
export async function readWorld(ports: RolloutPorts, object: ModelObject, round: Round): Promise<World> {
  const { spec, status, generation } = object;
  const key = keyOf(spec);
  const { epoch, start, moved, routeFailed, firstTick, report } = round;
  const orElse =
    <T>(otherwise: T) =>
    (error: unknown): T => {
      report(error);
      return otherwise;
    };
  const attempt = status?.attempt ?? null;
  const [actions, version, route, pods, readings, aliases] = await Promise.all([
    ports.objects.actions(key),
    ports.registry.get(spec.registry.model, spec.registry.version).catch(orElse(null)),
    ports.traffic.route(key),
    ports.workloads.pods(key),
    readingsFor(ports, object, round.now).catch(orElse([])),
    ports.registry.aliases(spec.registry.model).catch(orElse({})),
  ]);
  return {
    spec,
    generation,
    status,
    actions,
    target: version === null ? null : { version: version.version, digest: version.digest },
    route,
    pods,
    readings,
    gates: attempt === null ? [] : ports.gates.results(key, attempt.id),
    bundle: attempt === null ? 'none' : ports.bundles.state(key, attempt.id).state,
    epoch,
    start,
    aliases,
    moved,
    routeFailed,
    firstTick,
  };
}

/** A counter at the end of the last block is the base of the next one: hence one millisecond earlier. */
async function readingsFor(ports: RolloutPorts, { spec, status }: ModelObject, now: number): Promise<readonly Reading[]> {
  if (status === null || status.attempt === null) return [];
  const still = now - 5 * spec.rollout.timing.stillSeconds * 1000;
  const counted = status.attempt.countedUntil;
  const since = counted === null ? verifiedAt(status, now) : Date.parse(counted);
  return ports.readings.since(keyOf(spec), Math.min(since, still) - 1);
}

function verifiedAt({ observed, intent }: ModelStatus, now: number): number {
  const at = observed?.verifiedAt ?? intent?.writtenAt;
  return at === undefined ? now : Date.parse(at);
}
