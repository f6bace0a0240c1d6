import { html } from './base.js';
import { clock, utc } from './format.js';

/** Wall time, local, with UTC for whoever points at it. */
export const Time = ({ at }) => html`<time datetime=${new Date(at).toISOString()} title=${utc(at)}>${clock(at)}</time>`;

/** Which of the three a thing is, by shape: disc with tick, triangle, diamond. The words beside it say the same. */
export function Mark({ level }) {
  const shape = {
    ok: html`<circle cx="12" cy="12" r="10" /><path class="on" d="M7.5 12.5l3 3 6-6.5" />`,
    attention: html`<path d="M12 2.5L22.5 21h-21z" /><path class="on" d="M12 9.5v5m0 2.6v.4" />`,
    alarm: html`<path d="M12 1l11 11-11 11L1 12z" /><path class="on" d="M12 6.5v7m0 3v.4" />`,
  }[level];
  return html`<svg class="mark ${level}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${shape}</svg>`;
}

/** A colour of an arm, next to its name. */
export const Swatch = ({ arm }) => html`<i class="swatch ${arm}" aria-hidden="true"></i>`;
