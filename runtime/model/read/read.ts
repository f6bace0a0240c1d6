import { ArgsError } from '../../errors.ts';
import { checkMeaning, DRIFT_DEFAULTS, readLabels } from '../check/model.ts';
import { scoreOf } from '../check/outputs.ts';
import { checkDwells } from '../check/steps.ts';
import { parseDuration } from '../duration.ts';
import type { ModelFile } from '../file.ts';
import type { ModelSpec } from '../types.ts';
import { fieldSpec, readFields } from './fields.ts';
import { atValue, type Finding } from './locate.ts';
import { type Problem, sortProblems } from './problem.ts';
import { readRollout } from './rollout.ts';
import type { SchemaCheck } from './schema-check.ts';
import { compileModelCheck } from './schemas.ts';
import { readYaml } from './yaml.ts';

export type ReadModel = { readonly kind: 'model'; readonly spec: ModelSpec } | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads the text of one model file. Either the whole model with all defaults filled in, or every problem at once, in the order of
 * the file. `path` is only shown. `check` spares compiling the schema for each of many files.
 */
export function readModelFile(path: string, text: string, tenant: string, check: SchemaCheck = compileModelCheck()): ReadModel {
  const { yaml, problems } = readYaml(path, text);
  if (yaml === null) return { kind: 'problems', problems: sortProblems(problems) };
  const { data } = yaml;
  const misfits = check(data);
  const findings = isModelFile(data, misfits) ? checkMeaning(data, (place) => yaml.written(place)) : misfits;
  if (isModelFile(data, findings) && problems.length === 0) {
    const result = specOf(data, tenant);
    if ('spec' in result) return { kind: 'model', spec: result.spec };
    return { kind: 'problems', problems: sortProblems(result.findings.map((finding) => yaml.locate(finding))) };
  }
  return { kind: 'problems', problems: sortProblems([...problems, ...findings.map((finding) => yaml.locate(finding))]) };
}

/** Nothing found by the schema: that is the proof of the type. What fields mean to each other is checked only then. */
const isModelFile = (_data: unknown, findings: readonly Finding[]): _data is ModelFile => findings.length === 0;

/** What only the whole plan shows is found last: a preset's word against the file's. */
function specOf(file: ModelFile, tenant: string): { readonly spec: ModelSpec } | { readonly findings: readonly Finding[] } {
  try {
    const spec = modelSpec(file, tenant);
    const findings = checkDwells(spec.rollout);
    return findings.length === 0 ? { spec } : { findings };
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error; // a plan that cannot be carried out
    return { findings: [atValue(['rollout'], error.problem, error.remedy)] };
  }
}

/** A checked file with its defaults. */
function modelSpec(file: ModelFile, tenant: string): ModelSpec {
  const latencySeconds = seconds(file.serving.latency);
  const { availability = 0.995, latency = {} } = file.slo ?? {};
  const slo = { availability, latency: { quantile: latency.quantile ?? 0.95, seconds: latency.seconds ?? latencySeconds } };
  return {
    tenant,
    name: file.model,
    owner: file.owner,
    registry: { model: file.registry.model ?? file.model, version: String(file.registry.version) },
    inputs: readFields('inputs', file.inputs).map(fieldSpec),
    outputs: readFields('outputs', file.outputs).map(fieldSpec),
    score: scoreOf(file) ?? '', // checkMeaning has seen to it that there is one
    serving: { latencySeconds },
    slo,
    fallback: file.fallback ?? null,
    labels: readLabels(file.labels).map(({ event, delay }) => ({ event, delaySeconds: seconds(delay) })),
    drift: driftSpec(file.drift),
    rollout: readRollout(file.rollout, slo),
  };
}

function driftSpec({ minDrop, severeDrop, cadence, maxNullShare, ambient }: NonNullable<ModelFile['drift']> = {}): ModelSpec['drift'] {
  return {
    minDrop: minDrop ?? DRIFT_DEFAULTS.minDrop,
    severeDrop: severeDrop ?? DRIFT_DEFAULTS.severeDrop,
    cadenceSeconds: cadence === undefined ? DRIFT_DEFAULTS.cadenceSeconds : seconds(cadence),
    maxNullShare: maxNullShare ?? {},
    ambient: ambient ?? [],
  };
}

function seconds(duration: string): number {
  const value = parseDuration(duration);
  if (value === null) throw new Error(`"${duration}" passed the schema and is no duration`);
  return value;
}
