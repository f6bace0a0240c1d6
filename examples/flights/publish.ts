import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { canonicalJson } from '../../runtime/canonical-json.ts';
import { buildReference, encodeReference } from '../../runtime/drift/reference.ts';
import type { ModelSignature, TensorSpec } from '../../runtime/registry/bundle.ts';
import { FILES, type Lineage, type Registry } from '../../runtime/registry/port.ts';
import type { FeatureFiles } from './cache.ts';
import { SAMPLE_ROWS, SEED, type TrainingData } from './data.ts';
import { evaluateByDay } from './evaluate-days.ts';
import { INPUTS, OUTPUT } from './fields.ts';
import { take } from './frame.ts';
import { goldenSet } from './golden.ts';
import { scoreWithOnnx } from './ort.ts';
import { randomFrom, sampleOf } from './sample.ts';
import { writeScored } from './scored.ts';

import { HOLDOUT_START, SOURCE_URI } from './source.ts';
import type { Trained } from './versions.ts';

export const MODEL = 'eta';

export interface Workshop {
  readonly registry: Registry;
  readonly connection: DuckDBConnection;
  readonly files: FeatureFiles;
  readonly data: TrainingData;
  /** Scratch space, emptied afterwards. */
  readonly scratch: string;
  readonly code: string;
  readonly now: () => number;
}

/** Writes a trained version down (graph, schema, golden set, reference) and registers it with its hold-out figures. */
export async function publish(workshop: Workshop, trained: Trained): Promise<void> {
  const { registry, data, scratch } = workshop;
  const golden = goldenSet(data.holdout, trained.scores, trained.goldenRows);
  await assertExport(trained, data, trained.checked ? sampleOf(data.holdout.rows, 5000, randomFrom(SEED)) : trained.goldenRows);
  const directory = join(scratch, `version-${trained.version}`);
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(join(directory, FILES.model), trained.onnx);
    writeFileSync(join(directory, FILES.signature), canonicalJson(signature()));
    writeFileSync(join(directory, FILES.golden), canonicalJson(golden));
    writeFileSync(join(directory, FILES.reference), await referenceOf(workshop, trained));
    const metrics = evaluateByDay(data.holdout, trained.scores);
    await registry.push({ directory, model: MODEL, version: trained.version, lineage: lineageOf(workshop, trained), metrics });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Throws when the exported file says something else than the model that was trained. */
async function assertExport({ version, onnx, scores }: Trained, { holdout }: TrainingData, rows: Int32Array): Promise<void> {
  const answers = await scoreWithOnnx(onnx, take(holdout, rows));
  const worst = rows.reduce((most, row, at) => Math.max(most, Math.abs((answers[at] ?? Number.NaN) - (scores[row] ?? Number.NaN))), 0);
  if (!(worst <= 1e-5)) throw new Error(`version ${version}: the exported graph differs from the trained model by ${worst}`);
}

async function referenceOf({ connection, files, data, scratch }: Workshop, { version, scores, weights }: Trained): Promise<string> {
  const parquet = join(scratch, `scored-${version}.parquet`);
  try {
    await writeScored(connection, files.training, data.holdout, scores, parquet);
    const reference = await buildReference({
      parquet,
      model: MODEL,
      version,
      fields: [...INPUTS, OUTPUT],
      timeColumn: 'event_time',
      score: { output: OUTPUT.name, label: 'label' },
      weights,
      source: { uri: SOURCE_URI, sha256: files.sourceSha256 },
      limits: { memoryMiB: 200 },
      holdout: `event_time >= TIMESTAMP '${HOLDOUT_START}'`,
    });
    return encodeReference(reference);
  } finally {
    rmSync(parquet, { force: true });
  }
}

function lineageOf({ files, code, now }: Workshop, { parameters }: Trained): Lineage {
  const data = [{ uri: SOURCE_URI, sha256: files.sourceSha256 }];
  return {
    code,
    data,
    parameters: { ...parameters, seed: SEED, rows: SAMPLE_ROWS, holdout_from: HOLDOUT_START },
    trainedAt: new Date(now()).toISOString(),
  };
}

function signature(): ModelSignature {
  const tensor = ({ name, datatype }: Pick<TensorSpec, 'name' | 'datatype'>): TensorSpec => ({ name, datatype, shape: [-1, 1] });
  return { kind: 'weir.registry/Signature', v: 1, inputs: INPUTS.map(tensor), outputs: [tensor(OUTPUT)] };
}
