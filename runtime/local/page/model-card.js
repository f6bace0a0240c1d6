import { Actions, Locks } from './actions.js';
import { html } from './base.js';
import { percent } from './format.js';
import { Guards } from './guards.js';
import { Live } from './live.js';
import { Swatch } from './parts.js';
import { PhaseLine, phaseWords } from './phase-line.js';

/** One model: what serves it, how its rollout stands and why, what its callers feel, and what a person may do. */
export function ModelCard({ model: given, ask }) {
  // While it bakes, the version that was on trial is the stable one: there is no second arm.
  const model = given.candidateVersion === given.stableVersion ? { ...given, candidateVersion: null } : given;
  const { key, owner, phase, line } = model;
  return html`<section class="card model" aria-label=${`Model ${key}`}>
    <header>
      <div><h2>${key}</h2><p class="note">owner ${owner}</p></div>
      <${Versions} model=${model} />
    </header>
    <p class="phase"><b>${phaseWords(phase)}</b> <${Why} model=${model} /></p>
    ${line.length > 0 ? html`<${PhaseLine} line=${line} />` : null}
    <div class="body">
      <${Live} model=${model} />
      <div class="side"><${Guards} guards=${model.guards} candidate=${model.candidateVersion} /><${Locks} model=${model} ask=${ask} /></div>
    </div>
    <${Actions} model=${model} ask=${ask} />
  </section>`;
}

/** Who gets which share, by the route. */
function Versions({ model: { stableVersion, candidateVersion, weight, mirrorPercent } }) {
  const share = weight < 0.001 ? 0 : weight > 0.999 ? 1 : weight;
  return html`<dl class="versions">
    <div><dt><${Swatch} arm="stable" />version ${stableVersion ?? 'none'} <span class="note">stable</span></dt><dd>${stableVersion === null ? 'none' : percent(1 - share)}</dd></div>
    ${
      candidateVersion === null
        ? null
        : html`<div><dt><${Swatch} arm="candidate" />version ${candidateVersion} <span class="note">candidate</span></dt>
            <dd>${percent(share)}</dd>${mirrorPercent > 0 ? html`<dd class="note">+ copies of ${percent(mirrorPercent / 100)}</dd>` : null}</div>`
    }
  </dl>`;
}

/** A hold first, since it waits for somebody; else what the last step said. */
function Why({ model: { conditions, history } }) {
  const hold = conditions.find(({ type, status }) => type === 'Held' && status);
  const progress = conditions.find(({ type, status }) => type === 'Progressing' && status);
  const text = hold?.message ?? progress?.message ?? history.at(-1)?.message ?? '';
  return html`<span>${hold === undefined ? '' : `Held (${hold.reason}): `}${text}</span>`;
}
