import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import type { PanelSpec } from './board.ts';
import { SOURCE } from './variables.ts';

/** A panel's questions to Prometheus: over the shown time, or, where only the present counts, of its end. */
export function queriesOf({ shape, queries }: PanelSpec): readonly Builder<Dataquery>[] {
  return queries.map(({ expr, legend }, index) => {
    const query = new DataqueryBuilder().refId(refIdOf(index)).datasource(SOURCE).editorMode(QueryEditorMode.Code).expr(expr).legendFormat(legend);
    if (shape === 'table') return query.instant().format(PromQueryFormat.Table);
    return shape === 'bars' ? query.instant().format(PromQueryFormat.TimeSeries) : query.range().format(PromQueryFormat.TimeSeries);
  });
}

/** A, B, C: what Grafana calls the queries of a panel. */
export function refIdOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
