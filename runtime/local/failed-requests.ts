import type { EventLog } from '../eventlog/port.ts';
import type { ModelKey } from '../model/types.ts';
import { type PredictionEvent, predictionTopic } from '../telemetry/events.ts';

const LOOK_BACK = 4_000;
const MOST = 30;

/** The last requests of a model that failed, as the log has them: what a person wants to see in a bundle. Newest first. */
export async function failedRequests(log: Pick<EventLog, 'read' | 'offsets' | 'topics'>, key: ModelKey): Promise<readonly PredictionEvent[]> {
  const [tenant = '', model = ''] = key.split('/');
  const topic = predictionTopic(tenant);
  const partitions = (await log.topics()).find((one) => one.topic === topic)?.partitions ?? 0;
  const failed: PredictionEvent[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    const { first, next } = await log.offsets(topic, partition);
    for (let from = Math.max(first, next - LOOK_BACK); from < next; ) {
      const records = await log.read(topic, partition, from, { maxRecords: 1_000 });
      const last = records.at(-1);
      if (last === undefined) break;
      from = last.offset + 1;
      for (const { value } of records) {
        const event: PredictionEvent = JSON.parse(value.toString());
        if (event.model === model && (event.status === 'fallback' || event.status >= 500)) failed.push(event);
      }
    }
  }
  return failed.toSorted((a, b) => (a.requestId < b.requestId ? 1 : -1)).slice(0, MOST);
}
