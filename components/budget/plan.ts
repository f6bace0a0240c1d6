import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';

/**
 * A monthly budget and, in the account that pays, a watch for unusual spending: both by the tag `env`, which that account has to activate as a cost allocation tag
 * (docs/environments.md): until then both see nothing. Free, but for an action: 0.10 USD a day each beyond the first two.
 */
export interface BudgetArgs {
  /** Begins the names, and selects what is counted by the tag `env`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** USD per month. */
  readonly monthlyUsd: number;
  /** Who is told, one to ten. */
  readonly emails: readonly string[];
  /** USD: an unusual rise above this is told within a day, where `payer` is true. */
  readonly anomalyUsd: number;
  /**
   * Whether the account pays its own bill. A monitor of a tag "can only be created in the management account" (Cost Management user guide, "Getting
   * started with AWS Cost Anomaly Detection"): the first `up` of a member account would stop at it.
   */
  readonly payer: boolean;
  /** Whether no new instance is launched once the month's budget is spent. Models cannot scale up until somebody lifts it. */
  readonly denyAtLimit: boolean;
  /** Names of the roles that launch instances; needed by `denyAtLimit`. */
  readonly launchers: readonly Input<string>[];
}

/** When mail is sent: at a share of the budget that has been spent, or will be by the forecast. */
export interface Notice {
  readonly notificationType: 'ACTUAL' | 'FORECASTED';
  readonly threshold: number;
}

export interface BudgetPlan {
  readonly name: string;
  readonly limit: string;
  /** As Cost Explorer writes it: tags of users carry a prefix. */
  readonly tagFilter: string;
  readonly notices: readonly Notice[];
  /** None or one: what is told of unusual spending. */
  readonly watches: readonly { readonly anomalyUsd: number }[];
  readonly denials: readonly { readonly launchers: readonly Input<string>[] }[]; // none or one
}

/** AWS's most for one notification. */
const MOST_EMAILS = 10;

/** @throws ArgsError for nobody to tell, and for a denial that would deny nothing */
export function planBudget(args: BudgetArgs): BudgetPlan {
  const { emails, denyAtLimit, launchers } = args;
  if (emails.length === 0 || emails.length > MOST_EMAILS) {
    throw new ArgsError('budget.emails', `${emails.length} addresses given`, `Name one to ${MOST_EMAILS}; a mailing list for more.`);
  }
  if (denyAtLimit && launchers.length === 0) {
    const remedy = "Leave it off, or let the cluster's owner set a budget of their own.";
    throw new ArgsError('budget.denyAtLimit', 'has no role to deny anything to: this stack launches no nodes', remedy);
  }
  const name = `weir-${args.env}`;
  const actual = [50, 80, 100].map((threshold): Notice => ({ notificationType: 'ACTUAL', threshold }));
  return {
    name,
    limit: String(args.monthlyUsd),
    tagFilter: `user:env$${args.env}`,
    notices: [...actual, { notificationType: 'FORECASTED', threshold: 100 }],
    watches: args.payer ? [{ anomalyUsd: args.anomalyUsd }] : [],
    denials: denyAtLimit ? [{ launchers }] : [],
  };
}
