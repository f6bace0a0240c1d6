import { html } from './base.js';

/** Things a person may break, each with what should follow. A pressed button is on. */
export function Injections({ injections, toggle }) {
  return html`<section class="card injections" aria-label="Break something">
    <h2>Break something</h2>
    <p class="note">Real faults in real requests. Press again to undo.</p>
    <ul>${injections.map(
      ({ name, active, text }) => html`<li key=${name}>
        <button aria-pressed=${active} onClick=${() => toggle(name, !active)}><span>${name}</span>${' '}<b>${active ? 'on' : 'off'}</b></button>
        <p>${text}</p>
      </li>`,
    )}</ul>
  </section>`;
}
