import type { Finding } from '../read/locate.ts';
import { checkDrift } from './drift.ts';
import { checkDurations } from './durations.ts';
import { checkEngine } from './engines.ts';
import { checkFields } from './fields.ts';
import { checkGates } from './gates.ts';
import { checkGuards } from './guards.ts';
import { checkRequests, checkStickiness } from './headers.ts';
import { checkLatency } from './latency.ts';
import { checkOutputs } from './outputs.ts';
import { checkPatterns } from './patterns.ts';
import { checkRegistry } from './registry.ts';
import { checkRollout } from './rollout.ts';
import { checkServing } from './serving.ts';
import type { Subject } from './subject.ts';
import { checkTimes } from './times.ts';
import { checkTruth } from './truth.ts';

/**
 * What no schema can say about one model: one field against another, whichever layer each comes from. Paths are those of the effective spec;
 * origins are asked for only when something is wrong. What depends on other files or on the environment is `checkFolder`'s.
 */
export function checkModel(subject: Subject): readonly Finding[] {
  return CHECKS.flatMap((check) => check(subject));
}

const CHECKS: readonly ((subject: Subject) => readonly Finding[])[] = [
  checkRegistry,
  checkFields,
  checkOutputs,
  checkDurations,
  checkServing,
  checkEngine,
  checkLatency,
  checkTimes,
  checkPatterns,
  checkRequests,
  checkStickiness,
  checkTruth,
  checkDrift,
  checkRollout,
  checkGates,
  checkGuards,
];
