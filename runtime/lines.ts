import type { Readable } from 'node:stream';

/**
 * Hands each line of a child's output on, and keeps the last twenty for the message that explains its end.
 * @returns the kept lines, live.
 */
export function followLines(streams: readonly (Readable | null)[], onLine: (line: string) => void): readonly string[] {
  const kept: string[] = [];
  for (const stream of streams) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        kept.push(line);
        if (kept.length > 20) kept.shift();
        onLine(line);
      }
    });
  }
  return kept;
}
