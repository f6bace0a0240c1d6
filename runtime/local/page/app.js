import { Confirm } from './actions.js';
import { Component, html, render } from './base.js';
import { Drift } from './drift.js';
import { clock, dataTime, span } from './format.js';
import { Injections } from './injections.js';
import { ModelCard } from './model-card.js';
import { Mark, Time } from './parts.js';
import { follow, post } from './stream.js';
import { Timeline } from './timeline.js';

/** Between two renderings, milliseconds. */
const CALM = 500;
const NOTICE = 12_000;

class App extends Component {
  state = { view: null, link: { live: false, since: Date.now(), ever: false }, chosen: null, request: null, notice: null };

  componentDidMount() {
    let due = 0;
    let timer = 0;
    follow((next) => {
      if (timer !== 0) return;
      const wait = Math.max(0, due - Date.now());
      const show = () => {
        timer = 0;
        due = Date.now() + CALM;
        this.setState({ view: next.view, link: next.link });
      };
      timer = setTimeout(show, wait);
    });
  }

  componentDidUpdate() {
    const { view, link } = this.state;
    document.title = view === null ? 'Weir' : `${link.live ? '' : '(stale) '}Weir: ${view.sentence.text}`;
  }

  say = (text, bad = false) => {
    clearTimeout(this.quiet);
    this.setState({ notice: { text, bad } });
    this.quiet = setTimeout(() => this.setState({ notice: null }), NOTICE);
  };

  send = async (path, body) => {
    try {
      this.say(await post(path, body));
    } catch (error) {
      this.say(error.message, true);
    }
  };

  ask = (request) => {
    if (request.text === null) void this.act(request, 'pressed on the page');
    else this.setState({ request });
  };

  act = ({ model, action, digest }, reason) => {
    this.setState({ request: null });
    return this.send('/api/action', { model, action, reason, ...(digest === null ? {} : { digest }) });
  };

  render(_, { view, link, chosen, request, notice }) {
    return html`${link.live || !link.ever ? null : html`<${Stale} since=${link.since} />`}<${Top} view=${view} link=${link} />
      <main>
        ${view === null ? html`<p class="empty first">${link.ever || link.live ? 'Reading…' : 'Connecting…'}</p>` : html`<${Body} app=${this} view=${view} chosen=${chosen} />`}
      </main>
      <p class="notice ${notice?.bad ? 'bad' : ''}" role="status">${notice?.text ?? ''}</p>
      ${request === null ? null : html`<${Confirm} request=${request} onClose=${() => this.setState({ request: null })} onDone=${(reason) => this.act(request, reason)} />`}`;
  }
}

/** Stays in sight wherever the reader is: what is below it may no longer be so. */
const Stale = ({ since }) =>
  html`<p class="stale" role="alert">No news since ${clock(since)}, trying again. <span aria-hidden="true">All below is ${span(Date.now() - since)} old.</span></p>`;

/** The sentence that answers first. */
function Top({ view, link }) {
  return html`<header class="top">
    <div class="bar">
      <span class="brand"><img src="/page/icon.svg" alt="" width="22" height="22" />Weir</span>
      ${view?.eventTime == null ? null : html`<span class="clock">the data's clock <b>${dataTime(view.eventTime)}</b> UTC</span>`}
      <span class="link ${link.live ? 'live' : 'lost'}">${link.live ? html`live <${Time} at=${link.since} />` : 'not connected'}</span>
    </div>
    <div class="sentence ${view?.sentence.level ?? ''}">${view === null ? null : html`<${Mark} level=${view.sentence.level} />`}<h1 aria-live="polite">${view?.sentence.text ?? 'Weir'}</h1></div>
  </header>`;
}

function Body({ app, view, chosen }) {
  return html`${view.models.length === 0 ? html`<p class="empty first">No model is served yet: versions are being trained or loaded.</p>` : null}
    ${view.models.map((model) => html`<${ModelCard} key=${model.key} model=${model} ask=${app.ask} />`)}
    ${view.models.map((model) => html`<${Drift} key=${model.key} model=${model} chosen=${chosen} choose=${(next) => app.setState({ chosen: next })} />`)}
    <div class="bottom">
      <${Timeline} entries=${view.timeline} />
      <${Injections} injections=${view.injections} toggle=${(name, active) => app.send('/api/inject', { name, active })} />
    </div>`;
}

render(html`<${App} />`, document.getElementById('app'));
