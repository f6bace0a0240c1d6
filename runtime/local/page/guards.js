import { html } from './base.js';
import { percent, short } from './format.js';
import { Mark } from './parts.js';

const LEVEL = { Pass: 'ok', Fail: 'alarm' };

/** What could stop the rollout: how much evidence there is against the new version, and how much it takes. */
export function Guards({ guards, candidate }) {
  if (guards.length === 0)
    return html`<section class="guards"><h3>Guards</h3><p class="empty">Nothing is on trial. The guards start with the next rollout.</p></section>`;
  return html`<section class="guards">
    <h3>Guards <span class="note">evidence that ${candidate === null ? 'the candidate' : `version ${candidate}`} is worse</span></h3>
    <ul>${guards.map((guard) => html`<${Guard} key=${guard.name} guard=${guard} />`)}</ul>
  </section>`;
}

function Guard({ guard }) {
  const { name, verdict, logE, logThreshold, ratio, shown, message } = guard;
  const level = LEVEL[verdict] ?? 'attention';
  return html`<li class="guard ${level}">
    <div class="head"><${Mark} level=${level} /><b>${name}</b><span class="verdict">${verdict}</span>
      <span class="figure"><${Figure} logE=${logE} logThreshold=${logThreshold} /></span>
    </div>
    <${Bar} share=${logE / logThreshold} />
    ${ratio === null ? null : html`<${Interval} ratio=${ratio} />`}
    <p>${message}${shown ? html`<br /><span class="shown">Enough shown to advance</span>` : null}</p>
  </li>`;
}

/** Evidence against its limit. A fuse gathers none: its threshold is 1, and the figure is its share of that. */
function Figure({ logE, logThreshold }) {
  if (logThreshold === 1) return html`<b>${percent(logE)}</b> of its limit`;
  return html`<b>${short(Math.exp(Math.max(0, logE)))}</b> of ${short(Math.exp(logThreshold))}`;
}

/** Full at the limit. The scale is logarithmic, as evidence multiplies. */
function Bar({ share }) {
  const filled = Math.min(1, Math.max(0, share));
  return html`<div class="bar" aria-hidden="true"><i style=${{ width: `${(100 * filled).toFixed(1)}%` }}></i></div>`;
}

/** The candidate's rate over the stable's on a logarithmic axis from a quarter to eight times; the tick is "equal". */
function Interval({ ratio: [low, high] }) {
  const place = (value) => 100 * Math.min(1, Math.max(0, (Math.log2(Math.max(value, 1e-9)) + 2) / 5));
  const upper = high === null ? 'unknown' : short(high); // JSON has no infinity
  const words = `rate against stable: ${short(low)} to ${upper} times`;
  return html`<div class="interval">
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${words}>
      <path class="axis" d="M0 5H100" /><path class="one" d="M40 0V10" /><path class="range" d=${`M${place(low)} 5H${place(high ?? 8)}`} />
    </svg>
    <span><b>${short(low)}</b> to <b>${upper}</b> times stable's rate</span>
  </div>`;
}
