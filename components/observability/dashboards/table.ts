import {
  type DashboardLinkBuilder,
  type DataTransformerConfig,
  DashboardLinkBuilder as LinkBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Table } from './board.ts';
import { mappingsOf } from './looks.ts';
import { refIdOf } from './queries.ts';

/** A row for each series: the labels that were asked for, then a column for each query's values. */
export function tablePanel(table: Table): PanelBuilder {
  const panel = new PanelBuilder()
    .transformations([...transformationsOf(table)])
    .showHeader(true)
    .filterable(true);
  for (const { legend, unit = table.unit, meanings = [] } of table.queries) {
    panel.overrideByName(legend, [
      { id: 'unit', value: unit },
      { id: 'mappings', value: mappingsOf(meanings) },
    ]);
  }
  return table.leadsTo === undefined ? panel : panel.dataLinks([linkOf(table.leadsTo)]);
}

/** Queries are joined by their labels, the columns taken from what comes of it, ordered, and named as people say it. */
function transformationsOf({ columns, queries }: Table): readonly DataTransformerConfig[] {
  const values = queries.map(({ legend }, index) => [queries.length === 1 ? 'Value' : `Value #${refIdOf(index)}`, legend] as const);
  const names = [...columns, ...values.map(([name]) => name)];
  return [
    { id: 'merge', options: {} },
    { id: 'filterFieldsByName', options: { include: { names } } },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: Object.fromEntries(values),
      },
    },
  ];
}

/** A row's labels become the variables of the board that it leads to. */
function linkOf({ uid, title, variables }: NonNullable<Table['leadsTo']>): DashboardLinkBuilder {
  const chosen = variables.map((name) => `var-${name}=\${__data.fields.${name}}`);
  const url = `/d/${uid}?${[...chosen, `\${__url_time_range}`, `\${datasource:queryparam}`].join('&')}`;
  return new LinkBuilder(title).url(url).targetBlank(false);
}
