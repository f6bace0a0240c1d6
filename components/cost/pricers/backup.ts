import type { PricedNode } from '../graph.ts';
import { InputReader } from '../input-reader.ts';
import { assumed, DAYS, fixed, free, type Pricer, share } from '../line.ts';

const VAULT = 'aws:backup/vault:Vault';
const ACTION = 'aws:budgets/budgetAction:BudgetAction';
/** Of an account, each month. */
const FREE_ACTION_BUDGETS = 2;
/** Restores are tested once a week: 52 / 12. */
const WEEKS = 52 / 12;

/** A vault of the second region holds copies, which are charged there, and on their way from here. */
const vault: Pricer = (_, context, node) => {
  const vaults = context.nodes(VAULT);
  if (!context.elsewhere(node)) return [assumed('recovery points', 'backup.gb', share(context, 'backupGb', node, vaults), 'backupGb')];
  const { backupCopyGb, backupCopyTransferGb } = context.usage.quantities;
  return [
    assumed('copied recovery points', 'backup.gb', backupCopyGb, 'backupCopyGb'),
    { ...assumed('copies on their way', 'transfer.region.gb', backupCopyTransferGb, 'backupCopyTransferGb'), atHome: true }, // the sender pays
  ];
};

const restoreTest: Pricer = () => [
  fixed('restore tests', 'backup.restore-test', WEEKS, 'one recovery point a week; what it restores is charged while it runs'),
];

const budgetOf = (node: PricedNode): string => new InputReader(node.inputs).text('budgetName', node.name);

/** A budget is charged once, however many actions it has. */
const budgetAction: Pricer = (_, context, node) => {
  const actions = context.nodes(ACTION);
  const budgets = [...new Set(actions.map(budgetOf))];
  const charged = budgets.indexOf(budgetOf(node)) >= FREE_ACTION_BUDGETS;
  const first = actions.find((other) => budgetOf(other) === budgetOf(node))?.urn === node.urn;
  if (!charged || !first) return [free('budget action', `the first ${FREE_ACTION_BUDGETS} budgets with actions are free, and each is charged once`)];
  return [fixed('budget with actions', 'budgets.action-day', DAYS)];
};

export const backupPricers: Readonly<Record<string, Pricer>> = {
  [VAULT]: vault,
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': restoreTest,
  [ACTION]: budgetAction,
};
