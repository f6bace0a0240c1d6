import { DatasourceVariableBuilder, QueryVariableBuilder, VariableRefresh, VariableSort } from '@grafana/grafana-foundation-sdk/dashboard';
import type { VariableName } from './board.ts';

/** The Prometheus that panels ask: a variable, so that a board works on another one, such as a copy of last month's data. */
export const SOURCE = { type: 'prometheus', uid: `\${datasource}` } as const;

/** Grafana's form of "this text is a query as people type it" (its Prometheus plugin, `PromVariableQueryType.ClassicQuery`). */
const CLASSIC_QUERY = 5;

/** Where values come from: of what has answered requests, so a model is there as soon as its first answer, and stays as long as Prometheus keeps it. */
const VALUES_OF: Readonly<Record<VariableName, string>> = {
  tenant: 'label_values(weir_requests_total, tenant)',
  model: 'label_values(weir_requests_total{tenant="$tenant"}, model)',
  version: 'label_values(weir_requests_total{tenant="$tenant", model="$model"}, version)',
};

const LABELS: Readonly<Record<VariableName, string>> = { tenant: 'Tenant', model: 'Model', version: 'Version' };

/** The data source that every board has. */
export function sourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus').multi(false).includeAll(false);
}

/** A variable of a board. Versions may be several, and at first are all; tenant and model are one each, since a sum of models says nothing. */
export function queryVariable(name: VariableName): QueryVariableBuilder {
  const definition = VALUES_OF[name];
  const variable = new QueryVariableBuilder(name)
    .label(LABELS[name])
    .datasource(SOURCE)
    .definition(definition)
    .query({ qryType: CLASSIC_QUERY, query: definition, refId: 'values' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
  const several = name === 'version';
  return several
    ? variable.multi(true).includeAll(true).allValue('.*').current({ text: 'All', value: '$__all' })
    : variable.multi(false).includeAll(false);
}
