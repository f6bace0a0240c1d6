import { html } from './base.js';
import { short, whole } from './format.js';
import { Mark } from './parts.js';

const LEVEL = { ok: 'ok', warn: 'attention', fail: 'alarm' };
const ORDER = { fail: 0, warn: 1, ok: 2 };

/** Checks of the data itself: first what failed; what passed by name only. */
export function Quality({ checks }) {
  const bad = checks.filter(({ level }) => level !== 'ok').sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  const good = checks.filter(({ level }) => level === 'ok');
  return html`<section class="quality">
    <h3>Data quality</h3>
    ${checks.length === 0 ? html`<p class="empty">Not checked yet.</p>` : null}
    <ul>
      ${bad.map((check) => html`<li><${Mark} level=${LEVEL[check.level]} /><span><b>${nameOf(check)}</b> ${check.text} <span class="note">${whole(check.n)} records, ${short(check.observed)} seen, limit ${short(check.bound)}</span></span></li>`)}
      ${good.length === 0 ? null : html`<li><${Mark} level="ok" /><span><b>${good.length} passed</b> <span class="note">${good.map(nameOf).join(', ')}</span></span></li>`}
    </ul>
  </section>`;
}

const nameOf = ({ check, feature }) => (feature === null ? check : `${check} of ${feature}`);
