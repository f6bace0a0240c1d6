import { Component, createRef, html } from './base.js';
import { onTheme, palette } from './theme.js';
import Plot from './vendor/uplot.js';

/**
 * A uPlot with its heading. Props: `title`, `label` (what a screen reader hears), `height` in px, `data` (columns, first the x),
 * `make(colour)` giving uPlot options but for size and axes' look, `readout(index | null)` the figures under the title, `legend`.
 * The canvas is rebuilt only when the theme turns; new data are set into it.
 */
export class Chart extends Component {
  state = { index: null };
  box = createRef();

  componentDidMount() {
    this.build();
    this.resize = new ResizeObserver(() => this.plot.setSize(this.size()));
    this.resize.observe(this.box.current);
    this.unwatch = onTheme(() => this.build());
  }

  componentDidUpdate(before) {
    if (before.data !== this.props.data) this.plot.setData(this.props.data);
  }

  componentWillUnmount() {
    this.resize.disconnect();
    this.unwatch();
    this.plot.destroy();
  }

  size() {
    return { width: Math.max(120, Math.floor(this.box.current.clientWidth)), height: this.props.height };
  }

  build() {
    this.plot?.destroy();
    const colour = palette();
    const { axes = [{}, {}], hooks = {}, ...rest } = this.props.make(colour, () => this.props);
    const options = {
      ...this.size(),
      padding: [10, 24, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { setScale: false, x: false },
        points: { show: false },
        ...(this.props.sync ? { sync: { key: this.props.sync } } : {}),
      },
      axes: axes.map((axis, at) => ({ ...look(colour, at), ...axis })),
      hooks: { ...hooks, setCursor: [(plot) => this.point(plot.cursor.idx ?? null)] },
      ...rest,
    };
    this.plot = new Plot(options, this.props.data, this.box.current);
  }

  point(index) {
    if (index !== this.state.index) this.setState({ index });
  }

  render({ title, label, height, readout, legend }, { index }) {
    return html`<figure class="chart">
      <figcaption><b>${title}</b><span class="readout">${readout(index)}</span></figcaption>
      <div class="plot" style=${{ height: `${height}px` }} ref=${this.box} role="img" aria-label=${label}></div>
      ${legend ?? null}
    </figure>`;
  }
}

/** Figures on the canvas, in the page's own type. */
export const FONT = '11px "Segoe UI", Roboto, "Open Sans", system-ui, sans-serif';

/** Quiet axes: no vertical grid, hair lines across, figures in the text's own grey. */
function look(colour, at) {
  const common = { stroke: colour('muted'), font: FONT, labelFont: FONT, border: { show: false } };
  if (at === 0) return { ...common, size: 22, gap: 4, grid: { show: false }, ticks: { stroke: colour('line'), width: 1, size: 4 } };
  return { ...common, size: 50, gap: 6, space: 26, grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
}
