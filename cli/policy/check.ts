import type { PolicyConfig } from '../../policies/config.ts';
import { type Finding, judge } from '../../policies/judge.ts';
import type { Profile, Rule } from '../../policies/rule.ts';
import type { PolicyReport } from './report.ts';
import type { Place, Source } from './source.ts';

export interface CheckGiven {
  readonly source: Source;
  readonly rules: readonly Rule[];
  readonly config: PolicyConfig;
  readonly profile: Profile;
  readonly today: Date;
}

/** Judges a source. Of a part of a whole only rules that look at one resource are asked: what others miss may lie in the rest. */
export function checkSource({ source, rules, config, profile, today }: CheckGiven): PolicyReport {
  const { resources, tells, partial } = source;
  const asked = partial === undefined ? rules : rules.filter(({ kind }) => kind === 'resource');
  const verdict = judge({ rules: asked, resources, config, profile, today, tells });
  const leftOut = rules.filter((rule) => !asked.includes(rule)).map((rule) => ({ rule, why: partial ?? '' }));
  const located = { ...source, placeOf: placesOf(source, [...verdict.findings, ...verdict.waived]) };
  return { source: located, profile, rules, today, verdict: { ...verdict, leftOut: [...verdict.leftOut, ...leftOut] } };
}

/** Looked up resource by resource, as they stand in their files: a document is read once more for its lines, and not once for each rule. */
function placesOf({ resources, placeOf }: Source, findings: readonly Finding[]): Source['placeOf'] {
  const byUrn = Map.groupBy(findings, ({ resource }) => resource.urn);
  const places = new Map<string, Place | null>();
  const keyOf = ({ rule, resource, path }: Parameters<Source['placeOf']>[0]): string => `${rule.id}\n${resource.urn}\n${path}`;
  for (const { urn } of resources) for (const finding of byUrn.get(urn) ?? []) places.set(keyOf(finding), placeOf(finding));
  return (finding) => places.get(keyOf(finding)) ?? null;
}
