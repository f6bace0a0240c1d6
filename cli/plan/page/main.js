import { drawBoard, setTabStops, walkByKeys } from './board.js';
import { drawEdges } from './edges.js';
import { drawPanel } from './panel.js';
import { counted, element } from './parts.js';

const data = JSON.parse(document.getElementById('data').textContent);
const { nodes, topics, steps } = data;
const at = (id) => document.getElementById(id);
const [board, panel, edges, main] = [at('board'), at('panel'), at('edges'), document.querySelector('main')];
const state = { chosen: null, text: '', only: false, topics: new Set(), step: 0 };

for (const node of nodes) {
  node.needsNodes = node.needs.map((index) => nodes[index]);
  node.neededBy = [];
  node.words = [node.name, node.type, node.kind, ...node.inputs].join('\n').toLowerCase();
}
for (const node of nodes) for (const needed of node.needsNodes) needed.neededBy.push(node);

at('subtitle').textContent = data.subtitle;
const drawn = drawBoard(board, data, choose);
const pairs = pairsOfTopics();
walkByKeys(board);
drawTopicButtons();
wire();
showHash();
show();

/** Which topics stand on which: a line for each pair, however many resources make it. */
function pairsOfTopics() {
  const boxes = new Map(drawn.boxes.map(({ topic, made }) => [topic, made]));
  const seen = new Map();
  for (const node of nodes)
    for (const needed of node.needsNodes)
      if (needed.topic !== node.topic) seen.set(`${node.topic}>${needed.topic}`, [boxes.get(node.topic), boxes.get(needed.topic)]);
  return [...seen.values()];
}

function drawTopicButtons() {
  at('topics').append(
    ...topics.map(({ topic }) => {
      const button = element('button', { type: 'button', 'aria-pressed': 'false' }, topic);
      button.addEventListener('click', () => {
        if (!state.topics.delete(topic)) state.topics.add(topic);
        button.setAttribute('aria-pressed', String(state.topics.has(topic)));
        show();
      });
      return button;
    }),
  );
}

function wire() {
  at('find').addEventListener('input', (event) => {
    state.text = event.target.value.trim().toLowerCase();
    show();
  });
  at('only-label').hidden = nodes.every(({ change }) => change === null);
  at('only').addEventListener('change', (event) => {
    state.only = event.target.checked;
    show();
  });
  at('order').max = String(steps);
  at('order').addEventListener('input', (event) => {
    state.step = Number(event.target.value);
    show();
  });
  addEventListener('resize', () => {
    drawn.arrange();
    draw();
  });
  addEventListener('hashchange', showHash);
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
    if (event.key === 'Escape') close();
    if (event.key !== '/' || typing) return;
    event.preventDefault();
    at('find').focus();
  });
}

/** `#prod-network-vpc` names a resource: a link to it can be sent. */
function showHash() {
  const name = decodeURIComponent(location.hash.slice(1));
  const node = nodes.find((one) => one.name === name);
  if (node !== undefined) choose(node, true);
}

function choose(node, jump = false) {
  state.chosen = state.chosen === node && !jump ? null : node;
  history.replaceState(null, '', state.chosen === null ? ' ' : `#${encodeURIComponent(node.name)}`);
  show();
  if (jump) node.button.scrollIntoView({ block: 'center' });
  if (state.chosen !== null) node.button.focus({ preventScroll: true });
}

function close() {
  const button = state.chosen?.button;
  state.chosen = null;
  history.replaceState(null, '', ' ');
  show();
  button?.focus({ preventScroll: true });
}

function isShown(node) {
  const { text, only, topics: wanted } = state;
  return (text === '' || node.words.includes(text)) && (!only || node.change !== null) && (wanted.size === 0 || wanted.has(node.topic));
}

/** Everything again: the list is short, and what is shown follows from the state alone. */
function show() {
  const { chosen, step } = state;
  const near = chosen === null ? { needs: new Set(), needed: new Set() } : { needs: new Set(chosen.needsNodes), needed: new Set(chosen.neededBy) };
  board.classList.toggle('chosen', chosen !== null);
  for (const node of nodes) {
    const { classList } = node.button;
    node.button.hidden = !isShown(node);
    node.button.setAttribute('aria-pressed', String(node === chosen));
    classList.toggle('chosen', node === chosen);
    classList.toggle('needs', near.needs.has(node));
    classList.toggle('needed', near.needed.has(node));
    classList.toggle('gone', step > 0 && node.step > 0 && node.step < step);
    classList.toggle('next', step > 0 && node.step === step);
  }
  for (const group of board.querySelectorAll('.kind, .topic')) group.hidden = group.querySelector('.node:not([hidden])') === null;
  setTabStops(board);
  tell();
  drawPanel(panel, chosen, { choose, close, steps });
  draw(); // after the panel: it makes room for itself
}

function draw() {
  drawEdges(edges, main, { chosen: state.chosen, pairs });
}

function tell() {
  const shown = nodes.filter(isShown).length;
  const { step, chosen } = state;
  at('order-text').textContent = step === 0 ? 'Destroy order' : `Destroy step ${step} of ${steps}`;
  at('order').setAttribute('aria-valuetext', step === 0 ? 'off' : `step ${step} of ${steps}`);
  const going = nodes.filter((node) => node.step === step);
  const kept = going.filter((node) => node.marks.some((mark) => mark.startsWith('kept'))).length;
  const parts = [
    shown === nodes.length
      ? 'Choose a resource to see what it needs (blue, whole lines) and what needs it (orange, broken lines). A thick left edge: it stays after a destroy.'
      : `${counted(shown, 'resource')} of ${nodes.length} shown.`,
    step === 0
      ? ''
      : `Step ${step}: ${counted(going.length, 'resource')} ${going.length === 1 ? 'goes' : 'go'} (red)${kept === 0 ? '' : `, ${kept} of them only leave the stack and stay in the cloud`}; struck out: gone before.`,
    chosen === null ? '' : `${chosen.name} needs ${chosen.needsNodes.length} and is needed by ${chosen.neededBy.length}.`,
  ];
  at('told').textContent = parts.filter(Boolean).join(' ');
}
