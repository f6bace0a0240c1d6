const KEEP_SECONDS = 600;
/** Without a beat for this long the stream counts as lost even if the socket is open: the server sends one every 3 s. */
const SILENCE_MILLISECONDS = 10_000;
const RETRY_MILLISECONDS = 2000;

/**
 * Follows `/api/stream` for ever. `onChange({view, link})` gets the newest view and how the line is: `link.live`, and `link.since`, the
 * time of the last news. A lost line is opened again every two seconds.
 */
export function follow(onChange) {
  const state = { view: null, link: { live: false, since: Date.now(), ever: false } };
  let source = null;
  let retry = 0;

  const news = () => {
    state.link = { live: true, since: Date.now(), ever: true };
  };
  const lost = () => {
    source?.close();
    state.link = { ...state.link, live: false };
    clearTimeout(retry);
    retry = setTimeout(open, RETRY_MILLISECONDS);
    onChange(state);
  };
  const on = (name, change) =>
    source.addEventListener(name, (event) => {
      news();
      state.view = change(JSON.parse(event.data), state.view);
      onChange(state);
    });

  function open() {
    source = new EventSource('/api/stream');
    on('view', mergeView);
    on('sample', addSample);
    on('audit', addAudit);
    on('beat', (_, view) => view);
    source.addEventListener('error', lost);
  }

  open();
  setInterval(() => {
    if (state.link.live && Date.now() - state.link.since > SILENCE_MILLISECONDS) lost();
    else if (!state.link.live) onChange(state); // the age of a stale page goes on
  }, 1000);
}

/** A later view comes without samples: those that are here stay. */
function mergeView(next, old) {
  const kept = (key) => old?.models.find((model) => model.key === key)?.samples ?? [];
  return { ...next, models: next.models.map((model) => (model.samples.length > 0 ? model : { ...model, samples: kept(model.key) })) };
}

function addSample({ model: key, sample }, view) {
  if (view === null) return view;
  const from = sample.at - KEEP_SECONDS * 1000;
  const add = (model) => ({ ...model, samples: [...model.samples.filter(({ at }) => at >= from && at < sample.at), sample] });
  return { ...view, models: view.models.map((model) => (model.key === key ? add(model) : model)) };
}

function addAudit(entry, view) {
  if (view === null || view.timeline.some(({ id }) => id === entry.id)) return view;
  return { ...view, timeline: [entry, ...view.timeline].slice(0, 200) };
}

/** Asks for one verdict; throws with the server's own words. */
export async function fetchDetail(model, feature, window) {
  return answerOf(await fetch(`/api/verdict?${new URLSearchParams({ model, feature, window })}`));
}

/** One of the page's two writes; the answer is a sentence for the reader. */
export async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (await answerOf(response)).message;
}

async function answerOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error}. ${body.remedy}`);
  return body;
}
