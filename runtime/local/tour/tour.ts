import { TourContext, type TourOptions } from './context.ts';
import { upstreamChange, watching } from './drift.ts';
import { killed } from './killed.ts';
import { badVersion, goodVersion } from './rollouts.ts';

/** The parts of the tour by their numbers in docs/local.md; 5 and 6 come with retraining and the fallback drill. */
const PARTS: readonly (readonly [number, string, (tour: TourContext) => Promise<void>])[] = [
  [1, 'version 1 serves, and is watched', watching],
  [2, 'version 2 is good: it goes all the way by evidence', goodVersion],
  [3, 'version 3 has a defect: it takes traffic, is convicted, and stays out', badVersion],
  [4, 'a unit changes upstream: critical drift that harms nothing', upstreamChange],
  [7, 'the platform is killed and goes on', killed],
];

/**
 * Plays the tour while real requests flow. It does only what a person could do by hand, and every line that it prints is read from the
 * platform's records or counted by the client. Resolves with 0, or 1 when a line did not come.
 */
export async function runTour(options: TourOptions): Promise<number> {
  const tour = new TourContext(options);
  const started = performance.now();
  let failed = 0;
  for (const [number, title, play] of PARTS) {
    options.transcript.part(number, title);
    try {
      await play(tour);
    } catch (error) {
      if (options.signal.aborted) return 130;
      failed += 1;
      options.transcript.failed(error instanceof Error ? error.message : String(error));
    }
  }
  const { answered, refused, unreachable } = options.replays.stats();
  const seconds = Math.round((performance.now() - started) / 1_000);
  options.transcript.note(
    `\n${PARTS.length - failed} of ${PARTS.length} parts in ${seconds} s; ${answered.toLocaleString('en')} requests answered, ${refused} refused, ${unreachable} while the platform was down`,
  );
  return failed === 0 ? 0 : 1;
}
