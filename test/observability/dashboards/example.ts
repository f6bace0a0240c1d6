import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Board, PanelSpec } from '../../../components/observability/dashboards/board.ts';
import { boards } from '../../../components/observability/dashboards/boards.ts';
import { renderBoard } from '../../../components/observability/dashboards/render.ts';
import { RULE_ARGS } from '../example.ts';

/** Every board of an environment. */
export const BOARDS: readonly Board[] = boards(RULE_ARGS);

export const panelsOf = (board: Board): readonly PanelSpec[] => board.rows.flatMap(({ panels }) => panels);

/** A board as it lies in its ConfigMap. */
export function written(board: Board): Dashboard {
  const dashboard: Dashboard = JSON.parse(JSON.stringify(renderBoard(board)));
  return dashboard;
}

/** Panels of a dashboard as it is written, without the headings of rows. */
export function writtenPanels({ panels = [] }: Dashboard): readonly Panel[] {
  return panels.filter((panel): panel is Panel => !isRow(panel));
}

export function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}

/** Every query of a board: those of panels, and those of the lines that mark what happened. */
export function queriesOf(board: Board): readonly { readonly at: string; readonly expr: string; readonly happening: boolean }[] {
  const shown = panelsOf(board).flatMap(({ title, queries }) =>
    queries.map(({ expr }) => ({ at: `${board.uid}: ${title}`, expr, happening: false })),
  );
  return [...shown, ...board.happenings.map(({ name, expr }) => ({ at: `${board.uid}: ${name}`, expr, happening: true }))];
}
