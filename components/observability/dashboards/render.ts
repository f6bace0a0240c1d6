import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Board, Happening } from './board.ts';
import { layOut } from './layout.ts';
import { COLOURS } from './looks.ts';
import { panelOf } from './panels.ts';
import { queryVariable, SOURCE, sourceVariable } from './variables.ts';

/** Marks our boards: the list of links on each of them is those with this tag. */
const TAG = 'weir';

/**
 * A dashboard as Grafana reads it. Equal boards give equal dashboards: nothing in it is drawn by lot or taken from a clock, so a plan shows only
 * what somebody changed.
 */
export function renderBoard(board: Board): Dashboard {
  const { uid, title, purpose, variables, from, happenings, rows } = board;
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(purpose)
    .tags([TAG])
    .timezone('browser')
    .readonly() // what somebody changes by hand is gone with the next deployment: a copy may be edited
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from, to: 'now' })
    .refresh('1m')
    .links([linkToOthers()])
    .variables([sourceVariable(), ...variables.map(queryVariable)])
    .annotations(happenings.map(lineOf));
  let id = 0;
  for (const row of layOut(rows)) {
    id += 1;
    dashboard.withRow(new RowBuilder(row.title).id(id).gridPos(row.at));
    for (const { panel, at } of row.panels) {
      id += 1;
      const built = panelOf(panel, id, at);
      dashboard.withPanel({ build: () => built });
    }
  }
  return dashboard.build();
}

/** Our other boards, with the same time and the same tenant and model. */
function linkToOthers(): DashboardLinkBuilder {
  const link = new DashboardLinkBuilder('Weir').type(DashboardLinkType.Dashboards).tags([TAG]);
  return link.asDropdown(true).includeVars(true).keepTime(true).targetBlank(false);
}

function lineOf({ name, expr, title, means }: Happening): AnnotationQueryBuilder {
  const query = new DataqueryBuilder().refId('Anno').datasource(SOURCE).expr(expr).range();
  return new AnnotationQueryBuilder().name(name).datasource(SOURCE).enable(true).iconColor(COLOURS[means]).titleFormat(title).target(query);
}
