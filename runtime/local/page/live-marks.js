import { FONT } from './chart.js';
import { percent } from './format.js';

/** Runs `draw(ctx, ratio)` with the canvas as it was afterwards; `ratio` is device pixels to one of CSS. */
function onCanvas(plot, draw) {
  const ratio = devicePixelRatio;
  plot.ctx.save();
  plot.ctx.font = FONT.replace(/^\d+/, (size) => size * ratio);
  plot.ctx.lineWidth = ratio;
  plot.ctx.textAlign = 'left'; // the axes leave it as they like
  draw(plot.ctx, ratio);
  plot.ctx.restore();
}

/** A hair line where the weight changed; with `words`, the new weight at its head as far as there is room. */
export function drawMarks(plot, colour, marks, words) {
  const { left, top, width, height } = plot.bbox;
  onCanvas(plot, (ctx, ratio) => {
    ctx.strokeStyle = colour('mark');
    ctx.fillStyle = colour('muted');
    ctx.setLineDash([2 * ratio, 3 * ratio]);
    let free = left;
    for (const { at, weight } of marks) {
      const x = Math.round(plot.valToPos(at, 'x', true));
      if (x < left || x > left + width) continue;
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      const text = percent(weight < 0.001 ? 0 : weight);
      const end = x + 4 * ratio + ctx.measureText(text).width;
      if (!words || x < free || end > left + width) continue;
      ctx.fillText(text, x + 4 * ratio, top + 10 * ratio);
      free = end + 4 * ratio;
    }
  });
}

/** The version's name where its line ends, pushed apart where both end at one height. */
export function nameEnds(plot, colour, { stable, candidate }) {
  const last = (column) => plot.data[column].at(-1) ?? null;
  const ends = [
    { name: stable, arm: 'stable', value: last(1) },
    { name: candidate, arm: 'candidate', value: last(4) },
  ].filter(({ name, value }) => name !== null && value !== null);
  onCanvas(plot, (ctx, ratio) => {
    ctx.textBaseline = 'middle';
    const places = ends.map((end) => ({ ...end, y: plot.valToPos(end.value, 'y', true) })).sort((a, b) => a.y - b.y);
    const [upper, lower] = places;
    const lack = lower === undefined ? 0 : Math.max(0, 12 * ratio - (lower.y - upper.y)) / 2;
    for (const [index, { name, arm, y }] of places.entries()) {
      ctx.fillStyle = colour(arm);
      ctx.fillText(name, plot.bbox.left + plot.bbox.width + 5 * ratio, y + (index === 0 ? -lack : lack));
    }
  });
}
