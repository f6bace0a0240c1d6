import { counted, dollars, element, SIGNS, spoken } from './parts.js';

/** How wide a column has to be before another one stands beside it. */
const COLUMN = 330;

/** Topics as boxes in columns, in the order in which they are built: what is needed stands before what needs it. */
export function drawBoard(board, { topics, nodes }, choose) {
  const boxes = topics.map((topic) => ({ ...topic, nodes: nodes.filter((node) => node.topic === topic.topic) })).map((topic) => box(topic, choose));
  const arrange = () => {
    const columns = Math.max(1, Math.min(5, Math.floor((board.clientWidth + 28) / (COLUMN + 28))));
    if (board.dataset.columns === String(columns)) return;
    board.dataset.columns = String(columns);
    board.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    board.replaceChildren(...split(boxes, columns).map((some) => element('div', { class: 'column' }, ...some.map(({ made }) => made))));
  };
  arrange();
  return { boxes, arrange };
}

/** In order, with about as much in each column. */
function split(boxes, columns) {
  const total = boxes.reduce((sum, { weight }) => sum + weight, 0);
  const parts = Array.from({ length: columns }, () => []);
  let before = 0;
  for (const one of boxes) {
    const middle = before + one.weight / 2;
    parts[Math.min(columns - 1, Math.floor((middle / total) * columns))].push(one);
    before += one.weight;
  }
  return parts;
}

function box({ topic, layer, usd, nodes }, choose) {
  const kinds = Map.groupBy(nodes, ({ kind }) => kind);
  const groups = [...kinds].map(([kind, some]) =>
    element(
      'section',
      { class: 'kind' },
      element('h3', {}, some.length === 1 ? kind : `${kind} (${some.length})`),
      element('div', { class: 'nodes' }, ...some.map((node) => nodeButton(node, choose))),
    ),
  );
  const told = [counted(nodes.length, 'resource'), dollars(usd) === '' ? '' : `${dollars(usd)} a month`].filter(Boolean).join(', ');
  const made = element(
    'section',
    { class: 'topic', 'data-layer': layer, 'data-topic': topic, 'aria-label': `${topic}, ${layer}` },
    element('h2', {}, topic, element('small', {}, told)),
    ...groups,
  );
  const characters = nodes.reduce((sum, { label }) => sum + label.length + 4, 0);
  return { topic, made, weight: 60 + kinds.size * 30 + characters * 0.9 };
}

function nodeButton(node, choose) {
  const classes = ['node', node.change ?? '', node.marks.some((mark) => mark.startsWith('kept')) ? 'keeps' : ''].filter(Boolean).join(' ');
  const button = element(
    'button',
    { type: 'button', class: classes, tabindex: '-1', title: spoken(node), 'aria-label': spoken(node), on: { click: () => choose(node) } },
    `${SIGNS[node.change] ?? ''}${node.label}`,
  );
  node.button = button;
  return button;
}

/** Arrow keys walk from one resource to the next; each topic is one stop of the tab key. */
export function walkByKeys(board) {
  const shown = () => [...board.querySelectorAll('.node')].filter((button) => button.offsetParent !== null);
  board.addEventListener('keydown', (event) => {
    const buttons = shown();
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, to))]?.focus();
  });
}

/** The first shown resource of each topic can be reached by the tab key. */
export function setTabStops(board) {
  for (const topic of board.querySelectorAll('.topic')) {
    const buttons = [...topic.querySelectorAll('.node')];
    for (const button of buttons) button.tabIndex = -1;
    const first = buttons.find((button) => !button.hidden);
    if (first !== undefined) first.tabIndex = 0;
  }
}
