import type { PlanFacts } from '../facts.ts';
import { modelChangeLines, tenantText } from './text.ts';

/** `--tenant`: its models, and what a commit's become. */
export function tenantPlanText({ stack, tenants, base }: PlanFacts): string {
  const changes = base === null ? [] : modelChangeLines(base.models);
  const against =
    base === null
      ? []
      : [`  against ${base.ref} (${base.commit.slice(0, 9)}): ${changes.length === 0 ? 'its models do not change' : 'its models change'}`];
  return [`${stack}     no credentials used`, ...against, ...changes, ...tenants.map(tenantText)].join('\n');
}

/** The same for a comment on a pull request: columns stay aligned, and no name can act as markdown. */
export function tenantMarkdown(facts: PlanFacts): string {
  return `### weir plan ${facts.stack}\n\n\`\`\`\n${tenantPlanText(facts)}\n\`\`\``;
}

/** The same as data. */
export function tenantOnly({ stack, tenants, base }: PlanFacts): object {
  return { stack, tenants, ...(base === null ? {} : { base: { ref: base.ref, commit: base.commit, models: base.models } }) };
}
