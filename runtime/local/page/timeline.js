import { Component, html } from './base.js';
import { clock, dataTime } from './format.js';
import { Time } from './parts.js';

const FIRST = 12;

/** What happened and why, newest first. What is not shown is counted. */
export class Timeline extends Component {
  state = { all: false };

  render({ entries }, { all }) {
    const shown = all ? entries : entries.slice(0, FIRST);
    return html`<section class="card timeline" aria-label="What happened">
      <h2>What happened</h2>
      ${entries.length === 0 ? html`<p class="empty">Nothing yet.</p>` : null}
      <ol>${shown.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} />`)}</ol>
      ${entries.length > FIRST ? html`<button onClick=${() => this.setState({ all: !all })}>${all ? `Show the newest ${FIRST}` : `Show all ${entries.length}`}</button>` : null}
    </section>`;
  }
}

function Entry({ entry: { at, eventTime, source, model, kind, text, record } }) {
  return html`<li class=${tone(kind)}>
    <${Time} at=${Date.parse(at)} />
    <div><p>${text}</p>
      <p class="note">${source}${['', '*'].includes(model) ? '' : ` · ${model}`}${eventTime === null ? '' : ` · data of ${dataTime(Date.parse(eventTime))} UTC`}${
        record === null
          ? null
          : html` · <a href=${`/records/${record.split('/').map(encodeURIComponent).join('/')}`} target="_blank" rel="noopener" aria-label=${`Record of ${clock(Date.parse(at))}: ${kind}`}>record</a>`
      }</p>
    </div>
  </li>`;
}

/** Only the sign at the margin: the text says what it was. */
function tone(kind) {
  if (/RolledBack|RollingBack|Critical|Fail|Locked|Rejected|Error|Killed|Crash/.test(kind)) return 'bad';
  if (/Promoted|Recovered|Stable|Passed/.test(kind)) return 'good';
  return /Warn|Held|Inject/.test(kind) ? 'odd' : '';
}
