import type { EffectiveGate } from '../model-file.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { from, isOwn, type Subject } from './subject.ts';

/** Gates: what each type needs, and what makes no sense. */
export function checkGates(subject: Subject): readonly Finding[] {
  const seen = new Set<string>();
  return subject.model.rollout.gates.flatMap((gate, index): readonly Finding[] => {
    const path: Path = ['rollout', 'gates', index];
    const twice = SINGLE.has(gate.type) && seen.has(gate.type);
    seen.add(gate.type);
    const repeated = twice ? [atValue([...path, 'type'], `${gate.type} is given twice`, 'Keep one of the two.')] : [];
    return [...repeated, ...checkParts(gate, path), ...checkOnFail(subject, gate, path), ...checkNeeds(subject, gate, path)];
  });
}

/** Of the others there may be several: metrics, approvals and services differ. */
const SINGLE: ReadonlySet<string> = new Set<EffectiveGate['type']>([
  'Format',
  'Manifest',
  'Reference',
  'SchemaCompat',
  'GoldenSet',
  'LoadTest',
  'Fairness',
  'Explanation',
  'Scan',
]);

/** Fields that belong to one type alone. */
const PARTS = [
  { key: 'metric', type: 'RegistryMetric', example: 'metric: {name: auc, min: 0.69}', has: 'reads no metric' },
  { key: 'by', type: 'Approval', example: 'by: "group:ml-oncall"', has: 'asks nobody' },
  { key: 'url', type: 'Webhook', example: 'url: https://checks.example.com/gate', has: 'calls nothing' },
] as const;

function checkParts(gate: EffectiveGate, path: Path): readonly Finding[] {
  return PARTS.flatMap(({ key, type, example, has }): readonly Finding[] => {
    const given = gate[key] !== undefined;
    if (gate.type === type) return given ? [] : [atKey([...path, key], 'is missing', `Add ${example}`)];
    return given ? [atKey([...path, key], `${gate.type} ${has}`, `Use type: ${type}, or leave ${key} out.`)] : [];
  });
}

/** A version that fails these must not even be loaded (10-rollout, 1). */
const NEVER_SHADOWED: ReadonlySet<string> = new Set<EffectiveGate['type']>(['Format', 'Manifest', 'Scan']);

function checkOnFail(subject: Subject, { type, onFail }: EffectiveGate, path: Path): readonly Finding[] {
  if (onFail !== 'ShadowOnly' || !NEVER_SHADOWED.has(type)) return [];
  const place = [...path, 'onFail'];
  return [atValue(place, `a version that fails ${type} must not be loaded, not even in the shadow${from(subject, place)}`, 'Use Reject.')];
}

function checkNeeds(subject: Subject, { type }: EffectiveGate, path: Path): readonly Finding[] {
  const { groups, traffic, llm } = subject.model;
  const place = (): Path => (isOwn(subject, path) ? [...path, 'type'] : ['rollout']);
  if (type === 'Fairness' && groups.length === 0) {
    return [atValue(place(), 'Fairness compares groups, and none are declared', 'Declare groups, or leave the gate out.')];
  }
  if (type === 'LoadTest' && traffic === undefined && llm === undefined) {
    return [atValue(place(), 'LoadTest drives the peak, and no traffic is given', 'Add traffic: {usual: 200, peak: 600}, or leave the gate out.')];
  }
  return [];
}
