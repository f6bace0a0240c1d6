import { Component, html } from './base.js';
import { Chart } from './chart.js';
import { clock, milliseconds, percent, whole } from './format.js';
import { drawMarks, nameEnds } from './live-marks.js';
import { Swatch } from './parts.js';
import { liveSeries, weightChanges } from './series.js';

const SPANS_SECONDS = [120, 300, 600];

/** The last ten minutes of one model: traffic of both arms as a band, p95 and errors of each, one cursor through all three. */
export class Live extends Component {
  shouldComponentUpdate(next) {
    return next.model.samples !== this.props.model.samples || next.model.candidateVersion !== this.props.model.candidateVersion;
  }

  render({ model }) {
    const { samples } = model;
    if (samples.length === 0) return html`<p class="empty">No request yet. The curves begin with the first one.</p>`;
    const series = liveSeries(samples);
    const ends = { stable: model.stableVersion, candidate: model.candidateVersion };
    const shared = { sync: model.key, marks: weightChanges(samples), ends };
    const names = armNames(model);
    return html`<div class="curves">
      <${Chart} ...${shared} title="Requests a second" height=${200} data=${series.traffic} make=${trafficPlot}
        label=${`Requests a second over ten minutes, ${trafficText(series.traffic, null, names)}`}
        readout=${(index) => trafficReadout(series.traffic, index, names)} />
      <div class="pair">
        <${Chart} ...${shared} title="p95" height=${160} data=${series.latency} make=${(colour, props) => bandPlot(colour, props, 'ms')}
          label="95th percentile of latency of both arms"
          readout=${(index) => armReadout(series.latency, index, names, milliseconds)}
          legend=${html`<p class="note">Median of ten seconds; band: their range.</p>`} />
        <${Chart} ...${shared} title="Errors" height=${160} data=${series.errors} make=${(colour, props) => bandPlot(colour, props, '%')}
          label="Share of failed requests of both arms"
          readout=${(index) => armReadout(series.errors, index, names, (value) => percent(value / 100))}
          legend=${html`<p class="note">Ten seconds, fallbacks included; band: 95 % interval.</p>`} />
      </div>
    </div>`;
  }
}

const armNames = ({ stableVersion, candidateVersion }) => ({
  stable: stableVersion === null ? 'stable' : `version ${stableVersion}`,
  candidate: candidateVersion === null ? null : `version ${candidateVersion}`,
});

/** Index of the point to speak of: where the reader points, or the newest. */
const chosen = (data, index) => index ?? data[0].length - 1;

function trafficText(data, index, names) {
  const at = chosen(data, index);
  const total = data[1][at];
  if (total === null) return 'no samples here';
  const candidate = total - data[2][at];
  const share = names.candidate !== null && total > 0 ? `, ${percent(candidate / total)} to ${names.candidate}` : '';
  return `${whole(total)} a second${share}`;
}

function trafficReadout(data, index, names) {
  const at = chosen(data, index);
  const total = data[1][at];
  const when = index === null ? null : html`<time>${clock(data[0][at] * 1000)}</time>`;
  if (total === null) return html`${when} not running`;
  const candidate = total - data[2][at];
  const arm = (name, label, count) => html`<span class="arm"><${Swatch} arm=${name} />${label} <b>${whole(count)}</b></span>`;
  return html`${when}${arm('stable', names.stable, data[2][at])}${
    names.candidate !== null || candidate > 0 ? arm('candidate', names.candidate ?? 'candidate', candidate) : null
  }`;
}

function armReadout(data, index, names, unit) {
  const at = chosen(data, index);
  const when = index === null ? null : html`<time>${clock(data[0][at] * 1000)}</time>`;
  const arm = (name, column) => {
    const value = data[column][at];
    if (value === null && names[name] === null) return null;
    return html`<span class="arm"><${Swatch} arm=${name} />${names[name] ?? 'candidate'} <b>${value === null ? 'none' : unit(value)}</b></span>`;
  };
  return html`${when}${arm('stable', 1)}${arm('candidate', 4)}`;
}

/** Two, five or ten minutes up to the newest sample: the scale steps twice while a page fills, and does not breathe. */
function lastMinutes({ data: [times] }) {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return [last - SPANS_SECONDS.find((span) => span >= Math.min(last - first, SPANS_SECONDS.at(-1))), last];
}
const timeScale = { time: true, range: lastMinutes };
const timeAxis = {
  space: 64,
  incrs: [30, 60, 120, 300],
  values: (_, splits) => splits.map((second) => (second % 60 === 0 ? clock(second * 1000).slice(0, 5) : clock(second * 1000))),
};

function trafficPlot(colour, props) {
  return {
    scales: { x: timeScale, y: { range: (_plot, _low, high) => [0, roundUp(1.1 * high)] } },
    axes: [timeAxis, { values: (_, splits) => splits.map(whole) }],
    series: [
      {},
      { stroke: colour('candidate'), width: 1.5, points: { show: false } },
      { stroke: colour('stable'), width: 1.5, fill: colour('stable-fill'), points: { show: false } },
    ],
    bands: [{ series: [1, 2], fill: colour('candidate-fill') }],
    hooks: { draw: [(plot) => drawMarks(plot, colour, props().marks, true)] },
  };
}

/** Two arms, each a line in its band and named at its end: colour only repeats it. */
function bandPlot(colour, props, unit) {
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const line = (arm) => ({ stroke: colour(arm), width: 1.75, points: { show: false } });
  return {
    scales: { x: timeScale, y: { range: (plot) => [0, Math.min(unit === '%' ? 100 : Infinity, roundUp(1.35 * highest(plot.data)))] } },
    axes: [timeAxis, { values: (_, splits) => splits.map((value) => `${Number(value.toPrecision(3))} ${unit}`) }],
    series: [{}, line('stable'), edge, edge, line('candidate'), edge, edge],
    bands: [
      { series: [2, 3], fill: colour('stable-band') },
      { series: [5, 6], fill: colour('candidate-band') },
    ],
    hooks: { draw: [(plot) => drawMarks(plot, colour, props().marks, false), (plot) => nameEnds(plot, colour, props().ends)] },
  };
}

/** The two lines decide the scale, not their bands: the interval of an arm's first requests reaches to the sky. */
const highest = (data) => Math.max(...data[1], ...data[4]);

/** The next round figure above, so that the scale steps seldom, and a curve moves only when its value does. */
function roundUp(high) {
  if (!(high > 0)) return 1;
  const ten = 10 ** Math.floor(Math.log10(high));
  return [1, 1.5, 2, 3, 4, 5, 6, 8].map((step) => step * ten).find((step) => step >= high) ?? 10 * ten;
}
