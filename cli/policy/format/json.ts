import type { Waiver } from '../../../policies/config.ts';
import type { Finding } from '../../../policies/judge.ts';
import type { Rule } from '../../../policies/rule.ts';
import { type PolicyReport, stops } from '../report.ts';
import type { Place } from '../source.ts';
import { fingerprints } from './facts.ts';

/** A finding as programs read it. */
export interface JsonFinding {
  readonly rule: string;
  readonly level: Finding['level'];
  readonly severity: Rule['severity'];
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  readonly problem: string;
  readonly place: Place | null;
  /** The same in every run: see `fingerprints`. */
  readonly fingerprint: string;
  /** The waiver that has run out. */
  readonly expired: Waiver | null;
}

/** The report for programs. Fields may be added; none changes its meaning or goes while `v` is 1. docs/policy-check.md describes it. */
export function jsonReport(report: PolicyReport) {
  const { source, profile, rules, verdict } = report;
  const { findings, waived, undecided, leftOut, unused, ran, disabled, unseen } = verdict;
  const all = [...findings, ...waived];
  const prints = fingerprints(all);
  const told = all.map((finding, index) => jsonFinding(finding, source.placeOf(finding), prints[index] ?? ''));
  const mandatory = findings.filter(({ level }) => level === 'mandatory').length;
  const broken = new Set(all.map(({ rule }) => rule));
  return {
    kind: 'weir.policy/Report',
    v: 1,
    source: source.title,
    profile,
    stops: stops(report),
    counts: {
      resources: source.resources.length,
      rules: ran.length,
      mandatory,
      advisory: findings.length - mandatory,
      expired: findings.filter(({ expired }) => expired !== null).length,
      waived: waived.length,
      undecided: undecided.length,
      unread: source.unread?.length ?? 0,
      skipped: source.skipped.reduce((sum, { count }) => sum + count, 0),
    },
    findings: told.slice(0, findings.length),
    waived: waived.map(({ waiver }, index) => ({ ...told[findings.length + index], waiver })),
    rules: rules
      .filter((rule) => broken.has(rule))
      .map(({ id, title, reason, remedy, severity, ids }) => ({ id, title, reason, remedy, severity, ids })),
    undecided: undecided.map(({ rule, resource, path }) => ({ rule: rule.id, urn: resource.urn, path })),
    unusedWaivers: unused,
    leftOut: leftOut.map(({ rule, why }) => ({ rule: rule.id, why })),
    disabled: disabled.map(({ id }) => id),
    unseen,
    skipped: source.skipped,
    unread: source.unread ?? [],
  };
}

function jsonFinding(finding: Finding, place: Place | null, fingerprint: string): JsonFinding {
  const { rule, level, resource, path, problem, expired } = finding;
  const { urn, type, name } = resource;
  return { rule: rule.id, level, severity: rule.severity, urn, type, name, path, problem, place, fingerprint, expired };
}
