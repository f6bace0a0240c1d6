import { Component, html } from './base.js';
import { Chart } from './chart.js';
import { dataDay, dataHour, dataTime, whole } from './format.js';

const Z = 1.96;
/** A realised figure less sure than this is left out: a handful of labels would set the scale for all. */
const WIDEST = 0.1;

/** How well the model ranks, by window: estimated at once, realised when the truth has come in, against what it had at registration. */
export class Performance extends Component {
  shouldComponentUpdate(next) {
    return next.drift.performance !== this.props.drift.performance;
  }

  render({ drift: { performance, referenceAuc } }) {
    const points = performance.filter(({ auc, aucSe }) => auc !== null && Z * (aucSe ?? 0) <= WIDEST);
    if (points.length === 0)
      return html`<section class="performance"><h3>Performance</h3><p class="empty">No estimate yet: it needs one whole window.</p></section>`;
    const data = columns(points);
    const last = (column) => data[column].findLast((value) => value !== null) ?? null;
    const label = `Area under the ROC curve: estimated ${auc(last(1))}, realised ${auc(last(2))}, at registration ${auc(referenceAuc)}`;
    return html`<section class="performance">
      <${Chart} title="AUC" height=${180} data=${data} reference=${referenceAuc} label=${label} make=${plot}
        readout=${(index) => readout(data, index, last)}
        legend=${html`<p class="note">Bars: 95 % interval of what labels proved, left out above ±${WIDEST}. Dashed: ${auc(referenceAuc)} on the hold-out at registration.</p>`} />
    </section>`;
  }
}

const auc = (value) => (value === null || value === undefined ? 'none yet' : value.toFixed(3));

/** x in seconds; estimated; realised; its interval; labels joined. */
function columns(points) {
  const times = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const found = (kind) => new Map(points.filter((point) => point.kind === kind).map((point) => [point.at, point]));
  const [estimated, realised] = [found('estimated'), found('realised')];
  const half = (point) => (point?.aucSe == null ? null : Z * point.aucSe);
  return [
    times.map((at) => at / 1000),
    times.map((at) => estimated.get(at)?.auc ?? null),
    times.map((at) => realised.get(at)?.auc ?? null),
    times.map((at) => half(realised.get(at))),
    times.map((at) => realised.get(at)?.labelled ?? null),
  ];
}

function readout(data, index, last) {
  const value = (column) => (index === null ? last(column) : data[column][index]);
  const labels = index === null ? null : data[4][index];
  return html`${index === null ? null : html`<time>${dataTime(data[0][index] * 1000)}</time>`}
    <span class="arm"><i class="swatch estimated"></i>estimated <b>${auc(value(1))}</b></span>
    <span class="arm"><i class="swatch realised"></i>realised <b>${auc(value(2))}</b>${labels === null ? '' : ` on ${whole(labels)} labels`}</span>`;
}

function plot(colour, props) {
  const text = colour('ink');
  return {
    tzDate: (seconds) => new Date(seconds * 1000),
    scales: { x: { time: true }, y: { range: (self) => span(self.data, props().reference) } },
    axes: [
      {
        space: 70,
        values: (_, splits) => splits.map((at) => (at % 86_400 === 0 ? dataDay(at * 1000) : dataHour(at * 1000))),
        incrs: [3600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800],
      },
      { values: (_, splits) => splits.map((value) => value.toFixed(2)) },
    ],
    series: [
      {},
      { stroke: colour('estimated'), width: 1.5, dash: [4, 3], points: { show: true, size: 5, fill: colour('card') } },
      { stroke: text, width: 1.5, points: { show: true, size: 6, fill: text } },
      { scale: 'none', stroke: 'transparent', points: { show: false } },
      { scale: 'none', stroke: 'transparent', points: { show: false } },
    ],
    hooks: { drawClear: [(self) => drawReference(self, colour, props().reference)], draw: [(self) => drawIntervals(self, text)] },
  };
}

/** Everything with its interval, and never less than a tenth, so that noise looks small. */
function span(data, reference) {
  const values = data[0].flatMap((_, at) => [
    data[1][at],
    ...(data[2][at] === null ? [] : [data[2][at] - (data[3][at] ?? 0), data[2][at] + (data[3][at] ?? 0)]),
  ]);
  const known = [...values, reference].filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(0.01, (0.1 - (high - low)) / 2);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}

function drawReference(self, colour, reference) {
  if (reference === null) return;
  const { ctx, bbox } = self;
  const y = Math.round(self.valToPos(reference, 'y', true));
  ctx.save();
  ctx.strokeStyle = colour('muted');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([8 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function drawIntervals(self, stroke) {
  const { ctx, data } = self;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.25 * devicePixelRatio;
  ctx.beginPath();
  data[0].forEach((at, index) => {
    if (data[2][index] === null || data[3][index] === null) return;
    const x = Math.round(self.valToPos(at, 'x', true));
    ctx.moveTo(x, self.valToPos(data[2][index] - data[3][index], 'y', true));
    ctx.lineTo(x, self.valToPos(data[2][index] + data[3][index], 'y', true));
  });
  ctx.stroke();
  ctx.restore();
}
