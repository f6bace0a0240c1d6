/**
 * The event clock of the embedded platform: the replay's time stamps lead it, and it keeps ticking at the last known pace when traffic
 * stops, so that freshness can fail (60-local, "Two clocks"). It never runs backwards. All values are epoch milliseconds; wall time is a
 * parameter.
 */
export interface EventClock {
  /** A request carried this event time. */
  observe(event: number, wall: number): void;
  /** Null before the first request ever. */
  now(wall: number): number | null;
  /** Event milliseconds per wall millisecond; 0 while unknown. */
  pace(): number;
  /** What a restart goes on from; null before the first request ever. */
  state(): ClockState | null;
}

export interface ClockState {
  readonly event: number;
  readonly pace: number;
}

/** A pace is measured over at least this much wall time: shorter spans are noise. */
const SPAN_MS = 1_000;
/** Silence shorter than this is ordinary jitter between requests: the clock waits for the next one. */
const QUIET_MS = 500;

export function createEventClock(saved: ClockState | null, wall: number): EventClock {
  let event = saved?.event ?? null;
  let pace = saved?.pace ?? 0;
  let seenAt = wall;
  let span = { event: event ?? 0, wall };
  let measuring = false;

  return {
    observe(time, at) {
      if (!measuring) {
        span = { event: time, wall: at };
        measuring = true;
      } else if (at - span.wall >= SPAN_MS) {
        const measured = (time - span.event) / (at - span.wall);
        if (measured >= 0) pace = pace === 0 ? measured : 0.7 * pace + 0.3 * measured;
        span = { event: time, wall: at };
      }
      if (event === null || time > event) event = time;
      seenAt = at;
    },
    now(at) {
      if (event === null) return null;
      const quiet = at - seenAt - QUIET_MS;
      if (quiet <= 0) return event;
      event += pace * quiet; // ticks on; a later observation that is older than this does not turn it back
      seenAt = at - QUIET_MS;
      measuring = false; // the silence is not part of the pace
      return event;
    },
    pace: () => pace,
    state: () => (event === null ? null : { event, pace }),
  };
}

/** What `clock.json` of the state folder may hold; null before the first request ever. */
export function isClockState(value: unknown): value is ClockState | null {
  if (value === null) return true;
  if (typeof value !== 'object' || !('event' in value) || !('pace' in value)) return false;
  return Number.isFinite(value.event) && Number.isFinite(value.pace);
}
