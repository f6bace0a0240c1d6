import { PREDICTION_PARTITIONS, type PredictionEvent, predictionTopic } from '../../telemetry/events.ts';
import { MissingLine, type TourContext } from './context.ts';

/** Requests to acknowledge before the kill and after it. */
const AROUND = 1_500;
/** Records to read from before the watch began: answers that were on their way to the client then were logged earlier. */
const EARLIER = 5_000;

/** Part 7: the platform is killed with SIGKILL under load and started again; it goes on, and lost nothing that it had acknowledged. */
export async function killed(tour: TourContext): Promise<void> {
  const { platform, replays } = tour.options;
  const acknowledged: string[] = [];
  const ends = await logEnds(tour);
  const unwatch = replays.watch((answer) => void (answer.kind === 'answered' && acknowledged.push(answer.requestId)));
  await reached(tour.options.signal, () => acknowledged.length >= AROUND, 'requests before the kill');
  const [pid, at, known] = [platform.pid(), performance.now(), acknowledged.length];
  await platform.kill();
  await reached(tour.options.signal, () => acknowledged.length > known, 'an answer after the kill');
  const seconds = ((performance.now() - at) / 1_000).toFixed(1);
  tour.client(`platform (pid ${pid}) killed with SIGKILL under load; pid ${platform.pid()} answers again after ${seconds} s`);
  await reached(tour.options.signal, () => acknowledged.length >= known + AROUND, 'requests after the kill');
  unwatch();
  const logged = await loggedSince(tour, ends);
  const missing = acknowledged.filter((id) => !logged.has(id)).length;
  const twice = [...logged.values()].filter((count) => count > 1).length;
  const text = `${acknowledged.length.toLocaleString('en')} predictions acknowledged before and after: ${missing} missing from the log, ${twice} in it twice`;
  tour.print({ at: new Date().toISOString(), text, record: predictionTopic(tour.tenant) });
  if (missing > 0 || twice > 0) throw new MissingLine(text);
}

async function logEnds(tour: TourContext): Promise<readonly number[]> {
  const topic = predictionTopic(tour.tenant);
  return Promise.all(Array.from({ length: PREDICTION_PARTITIONS }, async (_, partition) => (await tour.options.log.offsets(topic, partition)).next));
}

/** How often the log holds each event of a served answer (mirrored copies share the request's id and are left out). */
async function loggedSince(tour: TourContext, ends: readonly number[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const [partition, end] of ends.entries()) {
    for (let from = Math.max(0, end - EARLIER); ; ) {
      const records = await tour.options.log.read(predictionTopic(tour.tenant), partition, from, { maxRecords: 2_000 });
      for (const { value } of records) {
        const { requestId, arm }: PredictionEvent = JSON.parse(value.toString());
        if (arm !== 'shadow') counts.set(requestId, (counts.get(requestId) ?? 0) + 1);
      }
      const last = records.at(-1);
      if (last === undefined) break;
      from = last.offset + 1;
    }
  }
  return counts;
}

async function reached(signal: AbortSignal, there: () => boolean, what: string): Promise<void> {
  for (const until = performance.now() + 60_000; !there(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (performance.now() > until || signal.aborted) throw new MissingLine(`not enough ${what} within 60 s`);
  }
}
