import { atValue, type Finding, type Path } from '../read/locate.ts';
import { nearest } from '../read/suggest.ts';
import { cronProblem, isCron, isZone, knownZones, timeOf } from './schedule.ts';
import { from, ownFirst, type Subject } from './subject.ts';

/** Replicas, peaks, schedules and time zones. */
export function checkTimes(subject: Subject): readonly Finding[] {
  const { batch, retraining, drift, serving } = subject.model;
  const zones: readonly (readonly [Path, string | undefined])[] = [
    [['drift', 'zone'], drift.zone],
    [['batch', 'zone'], batch?.zone],
    ...serving.autoscaling.peaks.map(({ zone }, index) => [[...PEAKS, index, 'zone'], zone] as const),
  ];
  return [
    ...checkTraffic(subject),
    ...checkReplicas(subject),
    ...checkPeaks(subject),
    ...cronFindings(['batch', 'schedule'], batch?.schedule),
    ...cronFindings(['retraining', 'schedule'], retraining?.schedule),
    ...zones.flatMap(([path, zone]) => (zone === undefined || isZone(zone) ? [] : [unknownZone(subject, path, zone)])),
  ];
}

const PEAKS: Path = ['serving', 'autoscaling', 'peaks'];
const MIN: Path = ['serving', 'autoscaling', 'min'];
const MAX: Path = ['serving', 'autoscaling', 'max'];

/** The highest load of the year is not below that of an ordinary day. */
function checkTraffic({ model }: Subject): readonly Finding[] {
  const { usual = 0, peak = usual } = model.traffic ?? {};
  return peak >= usual
    ? []
    : [atValue(['traffic', 'peak'], `the peak ${peak} is below the usual ${usual}`, 'Raise it, or leave it out: three times the usual.')];
}

function checkReplicas(subject: Subject): readonly Finding[] {
  const { min, max } = subject.model.serving.autoscaling;
  if (min <= max) return [];
  const problem = `min ${min}${from(subject, MIN)} is above max ${max}${from(subject, MAX)}`;
  return [atValue(ownFirst(subject, MIN, MAX), problem, 'Raise max, or lower min.')];
}

function checkPeaks(subject: Subject): readonly Finding[] {
  const { peaks, max } = subject.model.serving.autoscaling;
  const names = new Set<string>();
  return peaks.flatMap(({ name, from: begin, to: end, replicas }, index): readonly Finding[] => {
    const path: Path = [...PEAKS, index];
    const findings: Finding[] = [];
    if (names.has(name)) findings.push(atValue([...path, 'name'], `"${name}" is used twice`, 'Give each peak a name of its own.'));
    names.add(name);
    if (replicas > max) {
      findings.push(
        atValue([...path, 'replicas'], `${replicas} is above max ${max}${from(subject, MAX)}`, 'Raise autoscaling.max, or lower the peak.'),
      );
    }
    return [...findings, ...checkSpan(path, begin, end)];
  });
}

function checkSpan(path: Path, begin: string, end: string): readonly Finding[] {
  const each = [...momentFindings([...path, 'from'], begin), ...momentFindings([...path, 'to'], end)];
  if (each.length > 0) return each;
  if (isCron(begin) !== isCron(end)) {
    return [atValue([...path, 'to'], `"${begin}" and "${end}" are a schedule and a time`, 'Write both as schedules, or both as times.')];
  }
  if (begin === end) return [atValue([...path, 'to'], `"${end}" is when it begins, too`, 'Let it end later.')];
  if (!isCron(begin) && (timeOf(begin) ?? 0) > (timeOf(end) ?? 0)) return [atValue([...path, 'to'], `${end} is before ${begin}`, 'Swap them.')];
  return [];
}

function momentFindings(path: Path, text: string): readonly Finding[] {
  if (isCron(text)) return cronFindings(path, text);
  return timeOf(text) === null ? [atValue(path, `${text} is no day or hour of the calendar`, 'Write a time such as 2026-11-27T06:00Z')] : [];
}

function cronFindings(path: Path, schedule: string | undefined): readonly Finding[] {
  const problem = schedule === undefined ? null : cronProblem(schedule);
  return problem === null
    ? []
    : [atValue(path, `"${schedule}": ${problem}`, 'Five fields: minute, hour, day of month, month, day of week (sunday is 0).')];
}

function unknownZone(subject: Subject, path: Path, zone: string): Finding {
  const suggestion = nearest(zone, knownZones());
  const problem = `"${zone}" is not a time zone${from(subject, path)}`;
  const remedy = '(a name of the IANA time zone database, such as UTC or Europe/Berlin)';
  return suggestion === null ? atValue(path, problem, `Give ${remedy.slice(1, -1)}`) : { ...atValue(path, problem, remedy), suggestion };
}
