import type { FeatureRequest, ViewAnswer } from '../features/port.ts';
import type { FeaturesSpec } from '../model/types.ts';
import { encodeRequest } from '../serving/v2/encode-request.ts';
import type { Element } from '../serving/v2/tensor.ts';
import type { ArmAnswer } from './arm-answer.ts';
import type { Core } from './core.ts';
import { type FeatureOutcome, readFeatures, type Unread } from './feature-read.ts';
import { elapsed, type Job, MODEL_SHARE } from './job.ts';

/** What is known of the features of one request. */
export interface Fed {
  /** Ages of the rows that answered; empty when none came. */
  readonly views: readonly ViewAnswer[];
  /** Null: a version is asked. */
  readonly unread: { readonly why: Unread; readonly problem: string } | null;
}

/** Reads what the model takes and the request does not carry, and puts it there: the model, the mirror and the log see ordinary inputs. */
export async function feed(core: Core, job: Job, spec: FeaturesSpec): Promise<Job> {
  const outcome = await read(core, job, spec);
  const views = outcome.answer?.views ?? [];
  core.features.count(job.model.key, outcome.kind === 'read' ? 'read' : outcome.why, views);
  const columns = [...job.inputs.columns, ...spec.fields.map((name) => outcome.answer?.columns[name] ?? [])];
  const fed = { ...job, inputs: { ...job.inputs, columns }, fed: { views, unread: outcome.kind === 'read' ? null : outcome } };
  return outcome.kind === 'read' ? { ...fed, call: callOf(core, fed) } : fed;
}

/** What the caller gets, were there no fallback: no version is to blame. */
export function unasked({ why, problem }: NonNullable<Fed['unread']>): ArmAnswer {
  return { status: why === 'late' ? 504 : 503, outputs: null, problem: `was not asked: ${problem}`, reply: null };
}

function read(core: Core, job: Job, spec: FeaturesSpec): Promise<FeatureOutcome> | FeatureOutcome {
  const { features } = core.deps;
  const service = features?.service(job.model.key) ?? null;
  if (features === undefined || service === null) {
    return { kind: 'unread', why: 'down', problem: `feature service ${spec.service} is in no catalogue`, answer: null };
  }
  const { inputs } = job.model.spec;
  const keys: Record<string, readonly Element[]> = {};
  spec.keys.forEach(({ name }, index) => {
    keys[name] = job.keys[index] ?? [];
  });
  return readFeatures(features.store, {
    spec,
    fields: inputs.slice(inputs.length - spec.fields.length),
    service,
    keys: keys satisfies FeatureRequest['keys'],
    rows: job.inputs.rows,
    time: job.time,
    timeoutMs: Math.max(1, Math.min(spec.timeoutSeconds * 1_000, left(core, job))),
  });
}

function callOf(core: Core, job: Job): Job['call'] {
  const { rows, columns } = job.inputs;
  const tensors = job.model.spec.inputs.map(({ name, datatype }, index) => ({ name, datatype, shape: [rows, 1], data: columns[index] ?? [] }));
  const { body, headerLength } = encodeRequest(job.asked, tensors);
  return { ...job.call, body, headerLength: headerLength === null ? null : String(headerLength), timeoutMs: Math.max(1, left(core, job)) };
}

/** Milliseconds that the model may still use. */
function left(core: Core, job: Job): number {
  return (job.model.spec.serving.latencySeconds * MODEL_SHARE - elapsed(core, job)) * 1_000;
}
