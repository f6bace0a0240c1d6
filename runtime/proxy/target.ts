import { askedInputs } from '../features/asked.ts';
import { bucketOf, type Hash64 } from '../model/hash.ts';
import type { Route } from '../model/status.ts';
import { keyOf, type ModelKey, type ModelSpec, type Slot } from '../model/types.ts';
import type { Counters } from '../rollout/types.ts';
import type { Arm } from '../telemetry/events.ts';
import { drawnPoint, slotAt } from './assign.ts';
import type { AskedInputs } from './check.ts';
import type { Tallies, Tally } from './tally.ts';

/** A version in a role: what a request is sent to and counted under. */
export interface Target {
  readonly slot: Slot;
  /** The slot's name among all models. */
  readonly place: string;
  readonly version: string;
  readonly digest: string;
  readonly arm: Arm;
  readonly tally: Tally;
  /** The tally when the version took this role: readings count from here, so that an earlier attempt leaves no trace. */
  readonly base: Counters;
}

const ZERO: Counters = { requests: 0, error: 0, rejected: 0, slow: 0 };

/** One model as the request path sees it: its file, its route, and the targets that both give. Rebuilt when the route changes. */
export class ModelTargets {
  readonly key: ModelKey;
  readonly spec: ModelSpec;
  /** What its callers send. */
  readonly asked: AskedInputs;
  readonly #tallies: Tallies;
  #route: Route | null = null;
  #bySlot: Record<Slot, Target | null> = { a: null, b: null };
  #shadow: Target | null = null;

  /** @param before The model as its file was until now: versions that keep their role keep their counts. */
  constructor(spec: ModelSpec, tallies: Tallies, route: Route | null, before: ModelTargets | null = null) {
    this.key = keyOf(spec);
    this.spec = spec;
    this.asked = { fields: askedInputs(spec), features: spec.features ?? null };
    this.#tallies = tallies;
    if (before !== null) {
      this.#bySlot = before.#bySlot;
      this.#shadow = before.#shadow;
    }
    if (route !== null) this.setRoute(route);
  }

  get route(): Route | null {
    return this.#route;
  }

  setRoute(route: Route): void {
    const other: Slot = route.stableSlot === 'a' ? 'b' : 'a';
    this.#route = route;
    this.#bySlot = {
      a: this.#target(route, 'a', route.stableSlot === 'a' ? 'stable' : 'candidate', this.#bySlot.a),
      b: this.#target(route, 'b', route.stableSlot === 'b' ? 'stable' : 'candidate', this.#bySlot.b),
    };
    this.#shadow = this.#target(route, route.mirror?.slot ?? other, 'shadow', this.#shadow);
  }

  /** The target that the route gives a request; null while there is no route. `stickyValue` is the header that the route names. */
  choose(stickyValue: string | undefined, random: () => number, hash: Hash64): Target | null {
    if (this.#route === null) return null;
    const point = stickyValue === undefined ? drawnPoint(random) : bucketOf(hash, stickyValue);
    return this.#bySlot[slotAt(this.#route.positions, point)];
  }

  /** The target of a version that some position points at: what a path with a version may name. */
  serving(version: string): Target | null {
    return this.live().find((target) => target.version === version) ?? null;
  }

  /** Targets that some position points at. */
  live(): readonly Target[] {
    const slots = new Set(this.#route?.positions.map((position) => position.slot));
    return [...slots].flatMap((slot) => this.#bySlot[slot] ?? []);
  }

  /** The target of a mirrored copy of this request, by the route's percentage; null for none. */
  mirror(chosen: Target, random: () => number): Target | null {
    const mirror = this.#route?.mirror ?? null;
    if (mirror === null || mirror.slot === chosen.slot || random() * 100 >= mirror.percent) return null;
    return this.#shadow;
  }

  /** Counts since each version took its role. */
  counters(arm: Arm): Counters {
    const target = arm === 'shadow' ? this.#shadow : ([this.#bySlot.a, this.#bySlot.b].find((one) => one?.arm === arm) ?? null);
    if (target === null) return ZERO;
    const { base } = target;
    const now = target.tally.snapshot();
    return {
      requests: now.requests - base.requests,
      error: now.error - base.error,
      rejected: now.rejected - base.rejected,
      slow: now.slow - base.slow,
    };
  }

  tally(arm: Arm): Tally | null {
    return [this.#bySlot.a, this.#bySlot.b].find((one) => one?.arm === arm)?.tally ?? null;
  }

  #target(route: Route, slot: Slot, arm: Arm, before: Target | null): Target | null {
    const ref = route.versions[slot];
    if (ref === null) return null;
    const labels = { tenant: this.spec.tenant, model: this.spec.name, version: ref.version, arm };
    const tally = this.#tallies.of(labels, this.spec.slo.latency.seconds);
    if (before !== null && before.slot === slot && before.arm === arm && before.version === ref.version && before.digest === ref.digest)
      return before;
    return { slot, place: `${this.key}/${slot}`, version: ref.version, digest: ref.digest, arm, tally, base: tally.snapshot() };
  }
}
