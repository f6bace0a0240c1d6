import { html } from './base.js';
import { Mark } from './parts.js';

const LEVEL = { ok: 'ok', warn: 'attention', fail: 'alarm' };
const ORDER = { fail: 0, warn: 1, ok: 2 };

/** Checks of the data itself: first what failed; what passed is only counted. */
export function Quality({ checks }) {
  const bad = checks.filter(({ level }) => level !== 'ok').sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  const good = checks.filter(({ level }) => level === 'ok');
  return html`<section class="quality">
    <h3>Data quality</h3>
    ${checks.length === 0 ? html`<p class="empty">Not checked yet.</p>` : null}
    <ul>
      ${bad.map((check) => html`<li><${Mark} level=${LEVEL[check.level]} /><span><b>${nameOf(check)}</b> ${check.text}</span></li>`)}
      ${good.length === 0 ? null : html`<li><${Mark} level="ok" /><span><b>${good.length} passed</b> <span class="note">${countByCheck(good)}</span></span></li>`}
    </ul>
  </section>`;
}

/** `volume, nulls (8), range (6)`: what was looked at, and for how many features. */
function countByCheck(checks) {
  const counts = new Map();
  for (const { check } of checks) counts.set(check, (counts.get(check) ?? 0) + 1);
  return [...counts].map(([check, count]) => (count === 1 ? check : `${check} (${count})`)).join(', ');
}

const nameOf = ({ check, feature }) => (feature === null ? check : `${check} of ${feature}`);
