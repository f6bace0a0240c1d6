import { weightOf } from '../model/positions.ts';
import type { ModelKey } from '../model/types.ts';
import type { Readings } from '../rollout/ports.ts';
import type { Reading } from '../rollout/types.ts';
import type { Arm } from '../telemetry/events.ts';
import type { ArmSample, Sample } from '../telemetry/samples.ts';
import type { Directory } from './directory.ts';
import { percentilesBetween } from './latency-bins.ts';
import { Ring } from './ring.ts';
import type { Tally } from './tally.ts';
import type { ModelTargets } from './target.ts';

const KEEP_MS = 600_000;
const SECOND_MS = 1_000;

/** What a tally had counted when its last second ended. */
interface Mark {
  readonly requests: number;
  readonly error: number;
  readonly fallbacks: number;
  readonly bins: Uint32Array;
}

interface Track {
  readonly readings: Ring<Reading>;
  readonly samples: Ring<Sample>;
  second: number;
  /** A version that returns to an arm goes on from where it was. */
  readonly marks: Map<Tally, Mark>;
}

/** Ten minutes of counters of each model: raw readings for the rollout's evidence, one sample a second for the page. */
export class Sampler implements Readings {
  readonly #directory: Directory;
  readonly #tracks = new Map<ModelKey, Track>();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Reads all counters. To be called every 250 ms or so; `now` is wall time. */
  sample(now: number): void {
    for (const model of this.#directory.all()) {
      const track = this.#track(model, now);
      const reading = { at: now, stable: model.counters('stable'), candidate: model.counters('candidate'), shadow: model.counters('shadow') };
      track.readings.push(reading);
      if (now - track.second >= SECOND_MS) this.#second(model, track, now);
    }
  }

  async since(model: ModelKey, since: number): Promise<readonly Reading[]> {
    return this.#tracks.get(model)?.readings.since(since) ?? [];
  }

  /** At most ten minutes, oldest first. */
  samples(model: ModelKey): readonly Sample[] {
    return this.#tracks.get(model)?.samples.since(-Infinity) ?? [];
  }

  #track(model: ModelTargets, now: number): Track {
    const known = this.#tracks.get(model.key);
    if (known !== undefined) return known;
    const made: Track = { readings: new Ring(KEEP_MS), samples: new Ring(KEEP_MS), second: now, marks: new Map() };
    this.#tracks.set(model.key, made);
    return made;
  }

  #second(model: ModelTargets, track: Track, now: number): void {
    const take = (arm: Exclude<Arm, 'shadow'>): ArmSample => {
      const tally = model.tally(arm);
      const after = tally === null ? EMPTY : markOf(tally);
      const before = (tally === null ? undefined : track.marks.get(tally)) ?? EMPTY;
      if (tally !== null) track.marks.set(tally, after);
      const [p50 = null, p95 = null] = percentilesBetween(before.bins, after.bins, [0.5, 0.95]);
      return {
        requests: after.requests - before.requests,
        errors: after.error - before.error,
        fallbacks: after.fallbacks - before.fallbacks,
        p50,
        p95,
      };
    };
    const { route } = model;
    const weight = route === null ? 0 : weightOf(route, route.stableSlot === 'a' ? 'b' : 'a') / 10_000;
    track.samples.push({ at: now, stable: take('stable'), candidate: take('candidate'), weight });
    // Stays on whole seconds after an ordinary delay; after a long one (a sleeping laptop) it starts anew.
    track.second = now - track.second < 2 * SECOND_MS ? track.second + SECOND_MS : now;
  }
}

const EMPTY: Mark = { requests: 0, error: 0, fallbacks: 0, bins: new Uint32Array(0) };

function markOf({ requests, error, classes, bins }: Tally): Mark {
  return { requests, error, fallbacks: classes.fallback, bins: bins.counts.slice() };
}
