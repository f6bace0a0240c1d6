import { parseDuration } from '../duration.ts';
import type { FileLabel, ModelFile } from '../file.ts';
import type { Origins } from '../layers/origin.ts';
import type { TenantModel } from '../loaded.ts';
import { type ReadField, readFields } from '../read/fields.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { checkOutputs } from './answers.ts';
import { checkDrift } from './drift.ts';
import { checkDurations } from './durations.ts';
import { checkFields } from './fields.ts';
import { checkGates } from './gates.ts';
import { checkGuards } from './guards.ts';
import { checkRequests, checkStickiness } from './headers.ts';
import { checkFeatureTimeout, checkLatency } from './latency.ts';
import { checkFallback, checkField, checkScore, unknownName } from './outputs.ts';
import { checkPatterns } from './patterns.ts';
import { checkRegistry } from './registry.ts';
import { checkRollout } from './rollout.ts';
import { checkServing } from './serving.ts';
import { checkSteps } from './steps.ts';
import type { Subject } from './subject.ts';
import { checkTimes } from './times.ts';
import { checkTruth } from './truth.ts';

/**
 * What no schema can say about one model: one field against another, whichever layer each comes from. Paths are those of the effective spec.
 * `written` gives a value as the model's file has it. What depends on other files or on the environment is `checkFolder`'s.
 */
export function checkModel(model: TenantModel, origins: Origins, written: (path: Path) => string | null): readonly Finding[] {
  const subject: Subject = { model, origins, written };
  return CHECKS.flatMap((check) => check(subject));
}

const CHECKS: readonly ((subject: Subject) => readonly Finding[])[] = [
  checkRegistry,
  checkFields,
  checkOutputs,
  checkDurations,
  checkServing,
  checkLatency,
  checkFeatureTimeout,
  checkTimes,
  checkPatterns,
  checkRequests,
  checkStickiness,
  checkTruth,
  checkDrift,
  checkRollout,
  checkGates,
  checkGuards,
];

/** Labels of a file, whichever of the two forms it uses, each with its place. */
export function readLabels(labels: ModelFile['labels']): readonly (FileLabel & { readonly path: Path })[] {
  if (labels === undefined) return [];
  return 'event' in labels ? [{ ...labels, path: ['labels'] }] : labels.map((label, index) => ({ ...label, path: ['labels', index] }));
}

/** What a schema cannot say: one field against another. `written` gives a value as the file has it. */
export function checkMeaning(file: ModelFile, written: (path: Path) => string | null): readonly Finding[] {
  const inputs = readFields('inputs', file.inputs);
  const outputs = readFields('outputs', file.outputs);
  return [
    ...checkVersion(file, written),
    ...checkNames([...inputs, ...outputs]),
    ...[...inputs, ...outputs].flatMap(checkField),
    ...checkScore(file, outputs),
    ...checkFallback(file, outputs),
    ...checkFileTimes(file),
    ...checkFileDrift(file, inputs),
    ...checkSteps(file),
  ];
}

/** `1.10` is the number 1.1 to YAML, and `010` the number 10: a version must be what a person reads. */
function checkVersion({ registry }: ModelFile, written: (path: Path) => string | null): readonly Finding[] {
  const path = ['registry', 'version'];
  const text = written(path);
  if (typeof registry.version === 'string' || text === null || text === String(registry.version)) return [];
  return [atValue(path, `${text} is read as the number ${registry.version}`, `Write it in quotes: "${text}".`)];
}

function checkNames(fields: readonly ReadField[]): readonly Finding[] {
  const seen = new Set<string>();
  return fields.flatMap(({ name, path }): readonly Finding[] => {
    const place: Path = typeof path[1] === 'number' ? [...path, 'name'] : path;
    const repeated = seen.has(name);
    seen.add(name);
    if (name in {}) return [atKey(place, `"${name}" is a reserved name`, 'Choose another name.')];
    return repeated ? [atKey(place, `"${name}" is used twice`, 'Inputs and outputs share one set of names: they are columns of one log.')] : [];
  });
}

function checkFileTimes(file: ModelFile): readonly Finding[] {
  const { latency } = file.serving;
  const seconds = parseDuration(latency) ?? 0;
  const promised = file.slo?.latency?.seconds;
  const findings: Finding[] = [];
  if (seconds <= 0)
    findings.push(atValue(['serving', 'latency'], `${latency} leaves no time to answer`, 'Give what callers can wait for, such as 50ms'));
  if (seconds > 60) findings.push(atValue(['serving', 'latency'], `${latency} is longer than a caller's connection is kept`, 'Give at most 60s.'));
  if (promised !== undefined && promised > seconds) {
    findings.push(
      atValue(
        ['slo', 'latency', 'seconds'],
        `${promised} is later than the whole budget (serving.latency ${latency})`,
        'Lower it, or raise serving.latency.',
      ),
    );
  }
  return findings;
}

function checkFileDrift({ drift }: ModelFile, inputs: readonly ReadField[]): readonly Finding[] {
  const { minDrop = DRIFT_DEFAULTS.minDrop, severeDrop = DRIFT_DEFAULTS.severeDrop, cadence, maxNullShare = {}, ambient = [] } = drift ?? {};
  const findings: Finding[] = [];
  if (severeDrop <= minDrop) {
    const key = drift?.severeDrop === undefined ? 'minDrop' : 'severeDrop';
    findings.push(
      atValue(['drift', key], `a severe loss (${severeDrop}) is not above the least one (${minDrop})`, 'Raise severeDrop, or lower minDrop.'),
    );
  }
  if (cadence !== undefined && (parseDuration(cadence) ?? 0) <= 0)
    findings.push(atValue(['drift', 'cadence'], `${cadence} is no time`, 'Give a duration above 0, such as 1h'));
  const known = (name: string): boolean => inputs.some((field) => field.name === name);
  for (const name of Object.keys(maxNullShare)) {
    if (!known(name)) findings.push(unknownName(['drift', 'maxNullShare', name], name, 'an input', inputs, 'key'));
  }
  for (const [index, name] of ambient.entries()) {
    if (!known(name)) findings.push(unknownName(['drift', 'ambient', index], name, 'an input', inputs));
  }
  return findings;
}

/** Defaults of `drift:`; the schema says the same. */
export const DRIFT_DEFAULTS = { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3_600 } as const;
