import type { Verdict } from '../../policies/judge.ts';
import type { Profile, Rule } from '../../policies/rule.ts';
import type { Source } from './source.ts';

/** All that is told of one run of the policies, before it is told in text, markdown, JSON, SARIF or annotations. */
export interface PolicyReport {
  readonly source: Source;
  readonly profile: Profile;
  readonly rules: readonly Rule[];
  readonly verdict: Verdict;
  /** The day it is of: what a waiver's end is told by. */
  readonly today: Date;
}

/** Whether a check ends with 1. */
export function stops({ verdict }: PolicyReport): boolean {
  return verdict.findings.some(({ level }) => level === 'mandatory');
}
