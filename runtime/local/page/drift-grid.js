import { Component, createRef, html } from './base.js';
import { dataDay, dataHour, dataTime, percent, short, whole } from './format.js';

const WORDS = { ok: 'as learned', warn: 'warn', critical: 'CRITICAL', insufficient: 'not judged', immature: 'not mature', none: 'not judged' };
const CAUSES = { small: 'too few records', gap: 'records are missing', quality: 'bad data', reference: 'no reference', ambient: 'moves by itself' };
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * Features down, hours across. A level is a height and a sign as well as a colour. One stop for Tab; arrows walk, Enter opens.
 */
export class DriftGrid extends Component {
  state = { row: 0, column: Number.MAX_SAFE_INTEGER };
  scroller = createRef();

  componentDidMount() {
    this.follow();
  }

  /** The newest hour stays in sight, unless the reader has scrolled back. */
  getSnapshotBeforeUpdate() {
    const box = this.scroller.current;
    return box.scrollLeft + box.clientWidth >= box.scrollWidth - 4;
  }

  componentDidUpdate(before, _, atEnd) {
    if (atEnd && before.drift.windows.length !== this.props.drift.windows.length) this.follow();
  }

  follow() {
    this.scroller.current.scrollLeft = this.scroller.current.scrollWidth;
  }

  walk = (event) => {
    const { features, windows } = this.props.drift;
    const cell = event.target.closest('td[data-row]');
    const move = MOVES[event.key];
    if (cell === null || (move === undefined && event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    if (move === undefined) return this.open(event);
    const row = Math.min(features.length - 1, Math.max(0, Number(cell.dataset.row) + move[0]));
    const column = Math.min(windows.length - 1, Math.max(0, Number(cell.dataset.column) + move[1]));
    this.setState({ row, column }, () => this.scroller.current.querySelector(`td[data-row="${row}"][data-column="${column}"]`)?.focus());
  };

  open = (event) => {
    const cell = event.target.closest('td[data-row]');
    if (cell === null) return;
    const row = Number(cell.dataset.row);
    const column = Number(cell.dataset.column);
    const { features, windows } = this.props.drift;
    this.setState({ row, column });
    if (features[row].cells[column] != null) this.props.choose(features[row].name, windows[column]);
  };

  render({ drift: { features, windows }, chosen }, { row, column }) {
    const at = { row: Math.min(row, features.length - 1), column: Math.min(column, windows.length - 1) };
    const label = `Drift by feature and hour, ${features.length} features, ${windows.length} hours`;
    return html`<div>
      <div class="scroll" ref=${this.scroller}>
        <table class="grid" role="grid" aria-label=${label} onKeyDown=${this.walk} onClick=${this.open}>
          <thead><${Heads} windows=${windows} /></thead>
          <tbody>${features.map((feature, index) => html`<${Row} key=${feature.name} ...${{ feature, windows, index, at, chosen }} />`)}</tbody>
        </table>
      </div>
      <${Legend} />
    </div>`;
  }
}

/** A day over its hours, and every sixth hour by name. */
function Heads({ windows }) {
  const days = [];
  for (const start of windows) {
    if (days.at(-1)?.day === dataDay(start)) days.at(-1).hours += 1;
    else days.push({ day: dataDay(start), hours: 1 });
  }
  return html`<tr class="days"><th scope="col" rowspan="2">feature</th>${days.map(({ day, hours }) => html`<th scope="colgroup" colspan=${hours}><span>${hours > 3 ? day : ''}</span></th>`)}</tr>
    <tr class="hours">${windows.map((start) => html`<th scope="col"><span>${new Date(start).getUTCHours() % 6 === 0 ? dataHour(start).slice(0, 2) : ''}</span></th>`)}</tr>`;
}

function Row({ feature: { name, weight, state, cells }, windows, index, at, chosen }) {
  return html`<tr>
    <th scope="row" title=${`${name}: ${percent(weight)} of the model's attention`}><span class="name">${name}</span>${' '}<span class="state ${state}">${state === 'ok' ? '' : state}</span></th>
    ${windows.map((start, column) => {
      const cell = cells[column] ?? null;
      const level = cell?.level ?? 'none';
      const open = chosen !== null && chosen.feature === name && chosen.window === start;
      return html`<td class=${level} data-row=${index} data-column=${column} aria-selected=${open} aria-label=${cellWords(name, start, cell)} title=${cellWords(name, start, cell)}
        tabindex=${at.row === index && at.column === column ? 0 : -1}><i></i></td>`;
    })}
  </tr>`;
}

function cellWords(name, start, cell) {
  const head = `${name}, ${dataTime(start)}`;
  if (cell === null) return `${head}: ${WORDS.none}`;
  const why = cell.cause === null ? '' : ` (${CAUSES[cell.cause] ?? cell.cause})`;
  return `${head}: ${WORDS[cell.level]}${why}${cell.psi === null ? '' : `, PSI ${short(cell.psi)}`}, ${whole(cell.n)} records`;
}

const Legend = () => html`<p class="legend">
  ${['ok', 'warn', 'critical', 'insufficient'].map((level) => html`<span><i class="key ${level}"><i></i></i>${WORDS[level].toLowerCase()}</span>`)}
  <span class="note">hours by the data's own clock, UTC</span>
</p>`;
