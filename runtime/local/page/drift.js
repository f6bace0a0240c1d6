import { html } from './base.js';
import { DriftDetail } from './drift-detail.js';
import { DriftGrid } from './drift-grid.js';
import { whole } from './format.js';
import { Performance } from './performance.js';
import { Quality } from './quality.js';

/** Are the model's inputs still what it learned from, and does it matter? */
export function Drift({ model, chosen, choose }) {
  const { key, drift } = model;
  if (drift === null)
    return html`<section class="card drift" aria-label=${`Data of ${key}`}><h2>Data of ${key}</h2><p class="empty">No window has closed yet. Verdicts come with the first whole hour of data.</p></section>`;
  const mine = chosen?.model === key ? chosen : null;
  const close = (event) => {
    choose(null);
    event.currentTarget.closest('.drift').querySelector('td[tabindex="0"]')?.focus(); // back where the reader came from
  };
  const leave = (event) => mine !== null && event.key === 'Escape' && close(event);
  return html`<section class="card drift" aria-label=${`Data of ${key}`} onKeyDown=${leave}>
    <header>
      <div><h2>Data of ${key}</h2><p class="note">each hour against what version ${drift.reference.version} learned from: ${whole(drift.reference.rows)} rows</p></div>
      ${drift.report === null ? null : html`<a href=${safePath(drift.report)} target="_blank" rel="noopener">Open the report</a>`}
    </header>
    ${drift.conclusion === null ? null : html`<p class="conclusion">${drift.conclusion}</p>`}
    <${DriftGrid} drift=${drift} chosen=${mine} choose=${(feature, window) => choose({ model: key, feature, window })} />
    ${mine === null ? null : html`<${DriftDetail} chosen=${mine} close=${close} />`}
    <div class="columns"><${Performance} drift=${drift} /><${Quality} checks=${drift.quality} /></div>
  </section>`;
}

/** Always a path of this server, whatever the view says. */
const safePath = (path) => `/${path.replace(/^[/\\]+/, '')}`;
