import { Component, createRef, html } from './base.js';

const ROLLING = ['Validating', 'Provisioning', 'Shadowing', 'Stepping', 'Promoting', 'Baking'];
const RESTING = ['Stable', 'Locked', 'Failed', 'Rejected', 'RolledBack'];

const isPaused = (model) => model.conditions.some(({ type, status, reason }) => type === 'Held' && status && reason === 'Paused');
const isRolling = (model) => ROLLING.includes(model.phase);
const canAdvance = (model) =>
  ['Shadowing', 'Stepping'].includes(model.phase) && !isPaused(model) && !model.guards.some(({ verdict }) => verdict === 'Fail');

/** Each with when it makes sense and, where it is hard to take back, what it will do. The controller decides again by itself. */
const ACTIONS = [
  { name: 'Promote', when: canAdvance, ask: 'All traffic goes to the new version now, without waiting for the evidence of the steps that are left.' },
  { name: 'Skip', when: canAdvance, ask: 'The present step ends without its minimum of time and samples.' },
  { name: 'Pause', when: (model) => isRolling(model) && !isPaused(model) },
  { name: 'Resume', when: isPaused },
  {
    name: 'Abort',
    danger: true,
    when: isRolling,
    ask: 'The attempt ends: all traffic returns to the stable version. The new version is not locked.',
  },
  { name: 'Retry', when: canRetry, ask: 'A new attempt of the version that failed starts at its first step.' },
  {
    name: 'Rollback',
    danger: true,
    when: (model) => RESTING.includes(model.phase),
    ask: 'All traffic returns to the stable version before this one, and this version is locked.',
  },
];

/** Something failed before, and no lock bars it. */
function canRetry(model) {
  const failed = model.history.some(({ to }) => RESTING.includes(to) && to !== 'Stable');
  return RESTING.includes(model.phase) && failed && model.locks.length === 0;
}

export function Actions({ model, ask }) {
  return html`<div class="actions" role="group" aria-label=${`Rollout of ${model.key}`}>
    ${ACTIONS.map((action) => {
      const press = () => ask({ action: action.name, model: model.key, text: action.ask ?? null, danger: action.danger === true, digest: null });
      return html`<button key=${action.name} class=${action.danger ? 'danger' : ''} disabled=${!action.when(model)} onClick=${press}>${action.name}</button>`;
    })}
  </div>`;
}

/** Versions that get no traffic until a person says so. */
export function Locks({ model, ask }) {
  if (model.locks.length === 0) return null;
  return html`<section class="locks">
    <h3>Locked</h3>
    <ul>${model.locks.map((lock) => html`<${LockRow} key=${lock.digest} lock=${lock} model=${model} ask=${ask} />`)}</ul>
  </section>`;
}

function LockRow({ lock, model, ask }) {
  const text = `Version ${lock.version} may take traffic again, once it is retried. The lock is there because: ${lock.reason}`;
  const press = () => ask({ action: 'Unlock', model: model.key, text, danger: true, digest: lock.digest });
  return html`<li>
    <span><b>Version ${lock.version}</b> <code title=${lock.digest}>${lock.digest.replace(/^sha256:/, '').slice(0, 8)}…</code><br />${lock.reason}</span>
    <button onClick=${press}>Unlock</button>
  </li>`;
}

/** Asks for the reason, which goes into the record, before anything that is hard to take back. Escape closes it. */
export class Confirm extends Component {
  dialog = createRef();

  componentDidMount() {
    this.dialog.current.showModal();
  }

  render({ request, onDone, onClose }) {
    const submit = (event) => {
      event.preventDefault();
      onDone(new FormData(event.target).get('reason').trim());
    };
    return html`<dialog ref=${this.dialog} onClose=${onClose} aria-labelledby="confirm-title">
      <form method="dialog" onSubmit=${submit}>
        <h2 id="confirm-title">${request.action} ${request.model}?</h2>
        <p>${request.text}</p>
        <label>Why? It is kept in the record.<input name="reason" required maxlength="500" autocomplete="off" autofocus /></label>
        <div class="buttons">
          <button type="button" onClick=${onClose}>Leave it</button>
          <button class=${request.danger ? 'danger solid' : 'solid'}>${request.action}</button>
        </div>
      </form>
    </dialog>`;
  }
}
