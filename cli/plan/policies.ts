import { RULES } from '../../policies/catalogue.ts';
import { checkSource } from '../policy/check.ts';
import type { PolicyReport } from '../policy/report.ts';
import { type PlannedStack, plannedSource } from '../policy/sources/planned.ts';

/** What the policies say of a planned stack and of all that its models become, by the levels and waivers of its own file. Pure but for the files it names lines of. */
export function policyReportOf(planned: PlannedStack, today: Date): PolicyReport {
  const { profile, policies } = planned.stackFile.settings;
  return checkSource({ source: plannedSource(planned), rules: RULES, config: policies ?? {}, profile, today });
}
