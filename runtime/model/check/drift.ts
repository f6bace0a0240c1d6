import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { areInputsKnown, inputColumns, outputColumns, unknownName } from './names.ts';
import { from, isOwn, ownFirst, type Subject } from './subject.ts';

/** Thresholds in order, and names that are the model's own. */
export function checkDrift(subject: Subject): readonly Finding[] {
  const names = areInputsKnown(subject) ? [...checkFeatureNames(subject), ...checkSegments(subject)] : [];
  return [...checkThresholds(subject), ...checkDrops(subject), ...names, ...checkResponses(subject)];
}

function checkThresholds(subject: Subject): readonly Finding[] {
  const { thresholds, features } = subject.model.drift;
  const general: Path = ['drift', 'thresholds'];
  const [warn, critical]: readonly [Path, Path] = [
    [...general, 'warn'],
    [...general, 'critical'],
  ];
  const findings: Finding[] = [];
  if (thresholds.warn >= thresholds.critical) {
    const problem = `warn ${thresholds.warn}${from(subject, warn)} is not below critical ${thresholds.critical}${from(subject, critical)}`;
    findings.push(atValue(ownFirst(subject, warn, critical), problem, 'Lower warn, or raise critical.'));
    return findings;
  }
  for (const [name, own] of Object.entries(features)) {
    const path: Path = ['drift', 'features', name];
    const low = own.warn ?? thresholds.warn;
    const high = own.critical ?? thresholds.critical;
    if (low < high) continue;
    const said = (value: number | undefined): string => (value === undefined ? ' (drift.thresholds)' : '');
    const problem = `warn ${low}${said(own.warn)} is not below critical ${high}${said(own.critical)}`;
    findings.push(atValue([...path, own.warn === undefined ? 'critical' : 'warn'], problem, 'Lower warn, or raise critical.'));
  }
  return findings;
}

function checkDrops(subject: Subject): readonly Finding[] {
  const { minDrop, severeDrop } = subject.model.drift;
  if (severeDrop > minDrop) return [];
  const [least, severe]: readonly [Path, Path] = [
    ['drift', 'minDrop'],
    ['drift', 'severeDrop'],
  ];
  const problem = `severeDrop ${severeDrop}${from(subject, severe)} is not above minDrop ${minDrop}${from(subject, least)}`;
  return [atValue(ownFirst(subject, severe, least), problem, 'Raise severeDrop, or lower minDrop.')];
}

function checkFeatureNames(subject: Subject): readonly Finding[] {
  const { features, maxNullShare, ambient } = subject.model.drift;
  const inputs = inputColumns(subject).map(({ name }) => name);
  const columns = [...inputs, ...outputColumns(subject).map(({ name }) => name)];
  const stranger = (path: Path, name: string, what: string, known: readonly string[], at: 'key' | 'value'): Finding => {
    const finding = unknownName(path, name, what, known, at);
    return { ...finding, problem: `${finding.problem}${from(subject, path)}` };
  };
  const strangers = (names: readonly string[], known: readonly string[]): readonly (readonly [string, number])[] =>
    names.flatMap((name, index) => (known.includes(name) ? [] : [[name, index] as const]));
  return [
    ...strangers(Object.keys(features), columns).map(([name]) =>
      stranger(['drift', 'features', name], name, 'an input or output of this model', columns, 'key'),
    ),
    ...strangers(Object.keys(maxNullShare), inputs).map(([name]) =>
      stranger(['drift', 'maxNullShare', name], name, 'an input of this model', inputs, 'key'),
    ),
    ...strangers(ambient, inputs).map(([name, index]) => stranger(['drift', 'ambient', index], name, 'an input of this model', inputs, 'value')),
  ];
}

function checkSegments(subject: Subject): readonly Finding[] {
  const { segments } = subject.model.drift;
  if (segments === undefined) return [];
  const inputs = inputColumns(subject);
  const input = inputs.find(({ name }) => name === segments.field);
  const path: Path = ['drift', 'segments', 'field'];
  if (input === undefined) {
    const known = inputs.filter(({ field }) => field.kind === 'categorical').map(({ name }) => name);
    return [unknownName(path, segments.field, 'a categorical input of this model', known)];
  }
  if (input.field.kind !== 'categorical') {
    return [atValue(path, `"${segments.field}" is ${input.field.kind}, not categorical`, 'Segments are the values of a category.')];
  }
  if (input.field.log === 'full') return [];
  const log: Path = [...input.path, 'log'];
  const problem = `"${segments.field}" is logged as "${input.field.log}"${from(subject, log)}: its values cannot be told apart`;
  return [atValue(path, problem, `Say log: full for ${segments.field}, or choose another field.`)];
}

function checkResponses(subject: Subject): readonly Finding[] {
  const { drift, groups, retraining } = subject.model;
  const path: Path = ['drift', 'responses'];
  const findings: Finding[] = [];
  if (drift.responses.fairness === 'fallback' && groups.length === 0 && isOwn(subject, [...path, 'fairness'])) {
    findings.push(atValue([...path, 'fairness'], 'no groups are declared to be fair to', 'Declare groups, or leave this out.'));
  }
  if (drift.responses.harm === 'retrain' && retraining === undefined && isOwn(subject, [...path, 'harm'])) {
    findings.push(atKey([...path, 'harm'], 'there is no retraining to start', 'Add retraining: {workflow: fraud-train}, or say page.'));
  }
  return findings;
}
