import { keyOf } from '../model/types.ts';
import type { ModelObject, ObjectStore } from '../objects/port.ts';
import type { Registry } from '../registry/port.ts';
import type { Workloads } from '../serving/port.ts';
import type { Bundles, Gates, Notices, Readings, Traffic } from './ports.ts';
import type { Decision, World } from './types.ts';

/** Everything that the controller reads from and writes to. */
export interface RolloutPorts {
  readonly objects: ObjectStore;
  readonly registry: Registry;
  readonly workloads: Workloads;
  readonly traffic: Traffic;
  readonly readings: Readings;
  readonly gates: Gates;
  readonly bundles: Bundles;
  readonly notices: Notices;
}

/** Carries out one decision: one write. Throws what the write throws; the next tick decides again from what is there. */
export async function act(
  ports: RolloutPorts,
  object: ModelObject,
  world: World,
  decision: Exclude<Decision, { kind: 'Wait' }>,
  at: string,
): Promise<void> {
  const key = keyOf(object.spec);
  const running = object.status?.attempt ?? null;
  switch (decision.kind) {
    case 'WriteStatus':
    case 'WriteIntent':
      await ports.objects.writeStatus(key, object.resourceVersion, decision.status);
      break;
    case 'WriteRoute':
      await ports.traffic.putRoute(key, decision.route);
      break;
    case 'Apply':
      await ports.workloads.apply(key, decision.slot, decision.version);
      break;
    case 'Delete':
      await ports.workloads.remove(key, decision.slot);
      break;
    case 'StartGates':
      if (running !== null) ports.gates.start(object.spec, running.id, running.candidate, decision.stage);
      break;
    case 'StartBundle':
      ports.bundles.start(key, decision.attempt, { status: object.status, route: world.route, readings: world.readings, pods: world.pods });
      break;
    case 'MoveAlias':
      await ports.registry.setAlias(object.spec.registry.model, decision.alias, decision.version);
      break;
    case 'AnswerAction':
      await ports.objects.answerAction(decision.name, { result: decision.result, message: decision.message, at });
      break;
  }
}

/** Adds a decision that was carried out to the attempt's record. Throws what the file throws, which is no reason to decide otherwise. */
export function record({ bundles }: RolloutPorts, object: ModelObject, world: World, decision: Decision, at: string): void {
  const attempt = attemptOf(object, decision);
  if (attempt !== null) bundles.record(keyOf(object.spec), attempt, { at, decision: briefly(decision), world });
}

function attemptOf(object: ModelObject, decision: Decision): string | null {
  const written = 'status' in decision ? decision.status.attempt?.id : undefined;
  return written ?? object.status?.attempt?.id ?? null;
}

/** The status that a decision writes is the next record's input: the record need not say it twice. */
function briefly(decision: Decision): Readonly<Record<string, unknown>> {
  if (!('status' in decision)) return { ...decision };
  const { status, ...said } = decision;
  return { ...said, phase: status.phase, intent: status.intent?.route ?? null };
}
