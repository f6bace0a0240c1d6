import type { EventLog, LogRecord } from '../../eventlog/port.ts';
import type { Rpc } from '../rpc.ts';

/**
 * The event log as a thread beside the writer sees it: it reads the segment files itself (that is the bulk), and asks the one writer,
 * the platform's main thread, to append and to commit.
 */
export function threadLog(reader: Pick<EventLog, 'read' | 'offsets' | 'topics' | 'committed' | 'close'>, rpc: Rpc): EventLog {
  return {
    read: (topic, partition, from, limits): Promise<readonly LogRecord[]> => reader.read(topic, partition, from, limits),
    offsets: (topic, partition) => reader.offsets(topic, partition),
    topics: () => reader.topics(),
    committed: (group, topic, partition) => reader.committed(group, topic, partition),
    append: (topic, partition, records) => rpc.call('append', topic, partition, records),
    commit: (group, topic, partition, next) => rpc.call('commit', group, topic, partition, next),
    close: () => reader.close(),
  };
}
