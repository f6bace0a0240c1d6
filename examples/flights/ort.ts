import { InferenceSession, Tensor } from 'onnxruntime-node';
import { NUMERIC } from './fields.ts';
import type { Frame } from './frame.ts';

const BATCH = 4096;

/** Probabilities that an exported file gives for all rows of a frame, by ONNX Runtime. Rejects with its message when the graph fails. */
export async function scoreWithOnnx(model: Uint8Array, frame: Frame): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 4, intraOpNumThreads: 1, interOpNumThreads: 1 });
  const scores = new Float32Array(frame.rows);
  try {
    for (let from = 0; from < frame.rows; from += BATCH) {
      const answer = await session.run(feedsOf(frame, from, Math.min(from + BATCH, frame.rows)));
      const late = answer.late?.data;
      if (!(late instanceof Float32Array)) throw new Error('the graph has no float output "late"');
      scores.set(late, from);
    }
    return scores;
  } finally {
    await session.release();
  }
}

function feedsOf(frame: Frame, from: number, to: number): Record<string, Tensor> {
  const numeric = NUMERIC.map((name) => [name, new Tensor('float32', frame.numeric[name].slice(from, to), [to - from, 1])] as const);
  const airport = (['origin', 'destination'] as const).map((name) => {
    const codes = Array.from(frame.airport[name].subarray(from, to), (code) => airportName(frame, code));
    return [name, new Tensor('string', codes, [to - from, 1])] as const;
  });
  return Object.fromEntries([...numeric, ...airport]);
}

/** What the model file's caller would send; any name that the tables lack stands for the unknown. */
export function airportName(frame: Frame, code: number): string {
  return frame.airports[code - 1] ?? 'unknown';
}
