import { weightOf } from '../../../runtime/model/positions.ts';
import type { Route } from '../../../runtime/model/status.ts';
import { decide } from '../../../runtime/rollout/decide/decide.ts';
import type { Decision, ModelStatus, World } from '../../../runtime/rollout/types.ts';
import type { Simulation } from './simulation.ts';

/** Looks at every world, decision and write of a simulation, and notes each invariant of 10-rollout 6 that does not hold. */
export class Watch {
  readonly violations: string[] = [];
  private positions: number | null = null;
  private readonly sim: Simulation;
  /** When the present step was first seen with verified weights, by its identity. */
  private stepSeen = { name: '', at: 0, heldMs: 0, lastAt: 0, held: false };

  constructor(sim: Simulation) {
    this.sim = sim;
    sim.watch = this;
  }

  private wrong(text: string): void {
    this.violations.push(`${new Date(this.sim.now).toISOString()} ${this.sim.phase()}: ${text}`);
  }

  /** Before a route is written. */
  route(route: Route): void {
    const sum = route.positions.reduce((total, { weight }) => total + weight, 0);
    if (sum !== 10_000) this.wrong(`I9 weights sum to ${sum}`);
    if (route.positions.some(({ weight }) => weight < 1)) this.wrong('I9 a position has no weight');
    if (this.positions !== null && this.positions !== route.positions.length) this.wrong('I9 the positions changed their number');
    this.positions = route.positions.length;
    for (const slot of ['a', 'b'] as const) {
      const version = route.versions[slot];
      const gains = weightOf(route, slot) > (this.sim.route === null ? 0 : weightOf(this.sim.route, slot));
      if (version === null || weightOf(route, slot) === 0) continue;
      if (this.sim.status?.locks.some(({ digest }) => digest === version.digest)) this.wrong(`I8 locked ${version.version} gets traffic`);
      const ready = this.sim.pods.some((pod) => pod.slot === slot && pod.version.digest === version.digest && pod.phase === 'Ready');
      const isCandidate = slot !== route.stableSlot;
      if (isCandidate && gains && !ready) this.wrong(`I1 ${version.version} gets weight without a ready copy`);
    }
  }

  /** Before a copy is taken out of a slot, or replaced there. */
  removal(slot: 'a' | 'b'): void {
    const { route, status, pods } = this.sim;
    const there = pods.find((pod) => pod.slot === slot);
    if (there === undefined || route === null) return;
    if (weightOf(route, slot) > 0 && route.versions[slot]?.digest === there.version.digest)
      this.wrong(`I4 slot ${slot} loses its copy under traffic`);
    const stable = status?.stable;
    if (stable !== null && stable !== undefined && stable.slot === slot && stable.digest === there.version.digest) this.wrong('I4 stable is removed');
  }

  /** Before a status is written. */
  status(before: ModelStatus | null, after: ModelStatus): void {
    this.dwell(before);
    this.stepSeen.held = after.conditions.some(({ type, status }) => type === 'Held' && status);
    const [was, is] = [before?.attempt ?? null, after.attempt];
    if (was === null || is === null || was.id !== is.id) return;
    const forward = is.step.index > was.step.index || (after.phase === 'Promoting' && before?.phase === 'Stepping');
    const asked = after.lastAction?.name !== before?.lastAction?.name;
    if (!forward) return;
    if (before?.observed === null) this.wrong('I2 forward without verified weights');
    const step = this.sim.spec.rollout.steps[was.step.index];
    if (asked || step === undefined || step.kind === 'approve') return;
    const seconds = (this.sim.now - this.stepSeen.at - this.stepSeen.heldMs) / 1000;
    if (seconds < step.minDwellSeconds) this.wrong(`I2, I6 forward after ${seconds} s of ${step.minDwellSeconds}`);
    if (is.guards.some(({ verdict }) => verdict !== 'Pass')) this.wrong('I2 forward with a guard that is not Pass');
  }

  /** The dwell as an onlooker measures it, apart from what the status says. */
  private dwell(status: ModelStatus | null): void {
    const attempt = status?.attempt ?? null;
    const name = attempt === null ? '' : `${attempt.id} ${attempt.step.index} ${attempt.step.enteredAt}`;
    if (name !== this.stepSeen.name) this.stepSeen = { name, at: this.sim.now, heldMs: 0, lastAt: this.sim.now, held: false };
    if (this.stepSeen.held) this.stepSeen.heldMs += this.sim.now - this.stepSeen.lastAt;
    this.stepSeen.lastAt = this.sim.now;
  }

  /** I10: the same inputs give the same decision, also as JSON from a decision record. */
  decision(world: World, now: number, decision: Decision): void {
    const again = decide(structuredClone(world), now);
    if (JSON.stringify(again) !== JSON.stringify(decision)) this.wrong('I10 another decision from the same inputs');
  }
}
