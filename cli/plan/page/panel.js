import { counted, dollars, element, SIGNS } from './parts.js';

/** All that is known of the chosen resource, with links to its neighbours. */
export function drawPanel(panel, node, { choose, close, steps }) {
  panel.hidden = node === null;
  if (node === null) return;
  const cost = dollars(node.usd);
  const step = node.step === 0 ? '' : `a destroy takes it in step ${node.step} of ${steps}`;
  panel.replaceChildren(
    element('button', { type: 'button', class: 'close', 'aria-label': 'Close', on: { click: close } }, '×'),
    element('h2', {}, node.name),
    element('p', { class: 'what' }, `${node.kind}, ${node.topic}`),
    element('p', { class: 'what' }, node.type),
    element('p', { class: 'what' }, [cost === '' ? '' : `${cost} a month`, step].filter(Boolean).join('; ')),
    ...list(node.marks.map((mark) => element('li', { class: 'mark' }, mark))),
    ...changesOf(node),
    ...inputsOf(node),
    ...links('needs', node.needsNodes, choose),
    ...links('is needed by', node.neededBy, choose),
  );
  panel.scrollTop = 0;
}

const list = (items) => (items.length === 0 ? [] : [element('ul', {}, ...items)]);

function changesOf({ change, changes }) {
  if (change === null) return [];
  const words = { mayReplace: 'perhaps replaced' };
  return [
    element('h3', {}, `${SIGNS[change]}${words[change] ?? change}`),
    ...(changes.length === 0 ? [] : [element('pre', { tabindex: '0', 'aria-label': 'What changes' }, changes.join('\n'))]),
  ];
}

/** More of a topic than this are folded. */
const SHOWN = 6;

function links(title, nodes, choose) {
  if (nodes.length === 0) return [];
  const topics = [...Map.groupBy(nodes, ({ topic }) => topic)];
  const groups = topics.map(([topic, some]) =>
    element('details', { open: some.length <= SHOWN }, element('summary', {}, `${topic} (${some.length})`), linkList(some, choose)),
  );
  return [element('h3', {}, `${title} ${counted(nodes.length, 'resource')}`), ...groups];
}

function linkList(nodes, choose) {
  const items = nodes.map((node) =>
    element(
      'li',
      {},
      element('button', { type: 'button', class: 'node', title: `${node.kind}, ${node.topic}`, on: { click: () => choose(node, true) } }, node.name),
    ),
  );
  return element('ul', { class: 'links' }, ...items);
}

function inputsOf({ inputs }) {
  if (inputs.length === 0) return [];
  return [element('h3', {}, 'inputs'), element('pre', { tabindex: '0', 'aria-label': 'Inputs' }, inputs.join('\n'))];
}
