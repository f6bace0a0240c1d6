import { html } from './base.js';

const WORDS = {
  Validating: 'checking the new version',
  Provisioning: 'starting the new version',
  Stable: 'stable',
  Shadowing: 'in shadow, on copies of requests only',
  Stepping: 'taking traffic step by step',
  Promoting: 'promoting',
  Baking: 'promoted, the old version stays warm',
  RollingBack: 'rolling back',
  Superseding: 'replaced by a newer version',
  Rejected: 'refused at the gates',
  Locked: 'rolled back and locked',
  Failed: 'failed',
  RolledBack: 'rolled back',
};

/** The phase as a person would say it. */
export const phaseWords = (phase) => WORDS[phase] ?? phase;

const STATES = { done: 'done', now: 'now', next: 'to come', failed: 'failed' };
const SIGNS = {
  done: html`<path d="M3.5 8.5l3 3 6-7" />`,
  failed: html`<path d="M4.5 4.5l7 7m0-7l-7 7" />`,
  now: html`<circle cx="8" cy="8" r="3" />`,
  next: null,
};

/** The rollout from its gates to the end: what is done, where it stands, what is to come, and what failed. */
export function PhaseLine({ line }) {
  return html`<ol class="line">
    ${line.map(
      ({ name, state, detail }) => html`<li class=${state} aria-current=${state === 'now' ? 'step' : null}>
        <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">${SIGNS[state]}</svg>
        <span class="name">${name}</span>
        <span class="detail">${detail}</span>
        <span class="hidden">${STATES[state]}</span>
      </li>`,
    )}
  </ol>`;
}
