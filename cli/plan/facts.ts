import type { MonthlyCost } from '../../components/cost/monthly-cost.ts';
import { type Difference, differences } from '../../stacks/settings/read.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';
import type { Recording } from '../graph/node.ts';
import type { BaseFacts } from './base-facts.ts';
import { costOf } from './cost.ts';
import { type Finding, findingsOf } from './findings.ts';
import { type ReliedOn, reliedOn } from './relied-on.ts';
import { type LayerResources, resourcesOf } from './resources.ts';
import type { StackFile } from './stack-file.ts';
import { type SupportDate, supportDates } from './support.ts';
import { type TenantFacts, type TenantsOf, tenantFacts } from './tenants/tenant-facts.ts';

/** All that is told of one environment, before it is told in text, markdown or JSON. */
export interface PlanFacts {
  readonly stack: string;
  readonly settings: Settings;
  readonly resources: readonly LayerResources[];
  /** Of all layers. */
  readonly count: number;
  /** What the file says otherwise than the profile. */
  readonly differences: readonly Difference[];
  readonly reliedOn: readonly ReliedOn[];
  readonly findings: readonly Finding[];
  readonly support: readonly SupportDate[];
  readonly cost: MonthlyCost;
  /** By name; none where the stack has no tenants. */
  readonly tenants: readonly TenantFacts[];
  /** What changes against a commit; null when none was named. */
  readonly base: BaseFacts | null;
}

/** What a recording does not say. */
export interface FactsOptions extends Pick<TenantsOf, 'folder' | 'hash'> {
  readonly today: Date;
}

/** Everything that follows from a recording and its settings. Pure. */
export function factsOf({ stack, settings, values }: StackFile, recording: Recording, { today, folder, hash }: FactsOptions): PlanFacts {
  const resources = resourcesOf(recording.graph);
  const support = supportDates(recording.graph, today);
  const cost = costOf(recording.graph, settings, today);
  const tenants = tenantFacts({ recording, cost, folder, hash });
  return {
    stack,
    settings,
    resources,
    count: resources.reduce((sum, { count }) => sum + count, 0),
    differences: differences(settings, values).filter(({ path }) => path !== 'profile'),
    reliedOn: reliedOn(settings),
    findings: findingsOf({ recording, settings, support, monthlyUsd: cost.monthlyUsd, tenants }),
    support,
    cost,
    tenants,
    base: null,
  };
}

/** Whether somebody has to act before this goes on. */
export function needsSomebody({ findings, base }: PlanFacts): boolean {
  if (findings.some(({ level }) => level === 'error')) return true;
  if (base === null) return false;
  return base.state === 'failed' || base.needsAllow.length > 0 || base.changes.some(({ kind, old }) => kind === 'refused' || old === 'refused');
}
