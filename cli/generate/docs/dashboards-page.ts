import type { Board, Row } from '../../../components/observability/dashboards/board.ts';
import { boards } from '../../../components/observability/dashboards/boards.ts';
import type { RuleArgs } from '../../../components/observability/rules/rule.ts';
import { sentence } from './fields.ts';

/** Any environment: what panels ask does not depend on it, only where their lines are drawn. */
const ANY: RuleArgs = { retentionHours: 168, monthlyUsd: 1_000, namespaces: ['weir-system'], karpenter: true };

/** `docs/dashboards.md`: every panel, and the question that it answers. */
export function dashboardsPage(): string {
  return [
    '<!-- made by `npm run generate`; edit components/observability/dashboards/ instead -->',
    '# Dashboards',
    '',
    'Grafana shows them in the folder Weir. Each begins with the same row: pages and warnings that fire now, four numbers, what is wrong and since when, and what Weir did',
    'by itself. Nothing there in colour: nothing to do. Lines that are drawn in a panel are where the alert fires; each alert has a page in `docs/runbooks`. What metrics mean is in',
    '[metrics.md](metrics.md).',
    '',
    'They are made in code: what somebody changes in Grafana is gone with the next deployment. A copy under another name may be edited, and stays.',
    '',
    ...boards(ANY).flatMap(boardSection),
  ].join('\n');
}

function boardSection({ title, uid, purpose, variables, rows }: Board): readonly string[] {
  const chosen = variables.length === 0 ? 'Nothing is to be chosen.' : `To be chosen: ${variables.join(', ')}.`;
  const table = ['| row | panel | question | how to read it |', '|---|---|---|---|', ...rows.flatMap(panelLines)];
  return [`## ${title}`, '', `${purpose} ${chosen} Address: \`/d/${uid}\`.`, '', ...table, ''];
}

function panelLines({ title, panels }: Row): readonly string[] {
  return panels.map((panel) => `| ${title} | ${panel.title} | ${panel.question} | ${sentence(panel.reading)} |`);
}
