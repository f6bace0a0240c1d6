import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StatesBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Bars, Lines, PanelSpec, Stat } from './board.ts';
import type { Place } from './layout.ts';
import { mappingsOf, thresholdsOf } from './looks.ts';
import { queriesOf } from './queries.ts';
import { tablePanel } from './table.ts';
import { SOURCE } from './variables.ts';

/** The last of the shown values: what is true now. */
const NOW = 'lastNotNull';

/** A panel as Grafana writes it. */
export function panelOf(panel: PanelSpec, id: number, at: Place): Panel {
  const built = shapeOf(panel);
  const { title, question, reading, unit, empty = 'no data', meanings = [] } = panel;
  return built
    .id(id)
    .gridPos(at)
    .title(title)
    .description(`${question} ${reading}`)
    .datasource(SOURCE)
    .targets([...queriesOf(panel)])
    .unit(unit)
    .noValue(empty)
    .mappings(mappingsOf(meanings))
    .thresholds(thresholdsOf(panel))
    .build();
}

type AnyBuilder = StatBuilder | LinesBuilder | StatesBuilder | BarsBuilder | ReturnType<typeof tablePanel>;

function shapeOf(panel: PanelSpec): AnyBuilder {
  if (panel.shape === 'stat') return statPanel(panel);
  if (panel.shape === 'lines') return linesPanel(panel);
  if (panel.shape === 'states') return statesPanel();
  return panel.shape === 'bars' ? barsPanel(panel) : tablePanel(panel);
}

/** With limits its background would shout: the number has the colour, and a faint line says since when. */
function statPanel({ limits = [], meanings = [] }: Stat): StatBuilder {
  const coloured = limits.length > 0 || meanings.length > 0;
  return new StatBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs([NOW]).values(false).fields(''))
    .colorMode(coloured ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(meanings.length > 0 ? BigValueGraphMode.None : BigValueGraphMode.Area)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
}

function linesPanel({ stacked = false, atLeast, limits = [] }: Lines): LinesBuilder {
  const legend = new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.Table).placement(LegendPlacement.Bottom).showLegend(true);
  const panel = new LinesBuilder()
    .legend(legend.calcs([NOW, 'max']))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName)) // a version keeps its colour from panel to panel
    .lineWidth(1)
    .fillOpacity(stacked ? 25 : 0)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
    .spanNulls(false) // a gap is a gap: nothing was seen then
    .axisSoftMin(0)
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(limits.length > 0 ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off),
    );
  return atLeast === undefined ? panel : panel.axisSoftMax(atLeast);
}

function statesPanel(): StatesBuilder {
  const legend = new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true).calcs([]);
  return new StatesBuilder()
    .legend(legend)
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None))
    .mergeValues(true)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
}

function barsPanel({ limits = [] }: Bars): BarsBuilder {
  const mode = limits.length > 0 ? FieldColorModeId.Thresholds : FieldColorModeId.PaletteClassicByName;
  return new BarsBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs([NOW]).values(false).fields(''))
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .min(0)
    .colorScheme(new FieldColorBuilder().mode(mode));
}
