import { Component, createRef, html } from './base.js';
import { dataTime, percent, short, whole } from './format.js';
import { fetchDetail } from './stream.js';

const WORDS = { ok: 'as learned', warn: 'warn', critical: 'CRITICAL', insufficient: 'not judged', immature: 'not mature' };

/** One verdict opened: what was expected against what came, group by group, and the SQL that counts it again. */
export class DriftDetail extends Component {
  state = { detail: null, problem: null };
  box = createRef();

  componentDidMount() {
    void this.load();
  }

  componentDidUpdate(before) {
    const { feature, window } = this.props.chosen;
    if (before.chosen.feature !== feature || before.chosen.window !== window) void this.load();
  }

  async load() {
    const { model, feature, window } = this.props.chosen;
    const mine = () => this.props.chosen.feature === feature && this.props.chosen.window === window;
    try {
      const detail = await fetchDetail(model, feature, window);
      if (mine()) this.setState({ detail, problem: null }, () => this.box.current?.scrollIntoView({ block: 'nearest' }));
    } catch (error) {
      if (mine()) this.setState({ detail: null, problem: error.message });
    }
  }

  render({ chosen, close }, { detail, problem }) {
    const name = `${chosen.feature}, ${dataTime(chosen.window)} UTC`;
    return html`<section class="opened" ref=${this.box} aria-label=${`Verdict on ${name}`}>
      <header><h3>${name}</h3><button onClick=${close}>Close</button></header>
      <div aria-live="polite">${problem !== null ? html`<p class="problem">${problem}</p>` : detail === null ? html`<p class="empty">Asking…</p>` : html`<${Body} detail=${detail} />`}</div>
    </section>`;
  }
}

function Body({ detail: { level, text, n, m, psiCorrected, ci, bars, sql } }) {
  const range = ci === null ? '' : ` (${short(ci[0])} to ${short(ci[1])})`;
  return html`<p><b class="level ${level}">${WORDS[level]}</b> ${psiCorrected === null ? '' : html`<span class="figures">PSI <b>${short(psiCorrected)}</b>${range}</span>`}
      ${' '}<span class="figures"><b>${whole(n)}</b> records against <b>${whole(m)}</b></span></p>
    <p>${text}</p>
    ${bars.length === 0 ? null : html`<${Bars} bars=${bars} />`}
    <${Sql} sql=${sql} />`;
}

function Bars({ bars }) {
  const most = Math.max(...bars.flatMap(({ reference, current }) => [reference, current]), 1e-9);
  const width = (share) => ({ width: `${((100 * share) / most).toFixed(2)}%` });
  return html`<div class="scroll"><table class="bars">
    <thead><tr><th scope="col">group</th><th scope="col" class="plain"><span class="arm"><i class="swatch learned"></i>learned</span> <span class="arm"><i class="swatch now"></i>now</span></th>
      <th scope="col" class="number">learned</th><th scope="col" class="number">now</th><th scope="col" class="number">of the shift</th></tr></thead>
    <tbody>${bars.map(
      ({ bin, reference, current, share }) => html`<tr>
        <th scope="row">${bin}</th>
        <td class="both"><i class="learned" style=${width(reference)}></i><i class="now" style=${width(current)}></i></td>
        <td class="number">${percent(reference)}</td><td class="number">${percent(current)}</td><td class="number"><b>${percent(share)}</b></td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}

class Sql extends Component {
  state = { word: 'Copy' };

  copy = async () => {
    try {
      await navigator.clipboard.writeText(this.props.sql);
      this.setState({ word: 'Copied' });
    } catch {
      this.setState({ word: 'Select it and copy' }); // the browser keeps its clipboard to itself
    }
  };

  componentDidUpdate(before) {
    if (before.sql !== this.props.sql) this.setState({ word: 'Copy' });
  }

  render({ sql }, { word }) {
    return html`<details class="sql"><summary>SQL that counts it again</summary>
      <button onClick=${this.copy} aria-live="polite">${word}</button><pre tabindex="0"><code>${sql}</code></pre></details>`;
  }
}
