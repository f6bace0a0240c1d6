const SVG = 'http://www.w3.org/2000/svg';

/** More neighbours of one topic than this are one thick line to its box. */
const FEW = 4;

/** Lines from the chosen resource to what it needs, and from what needs it. Without one, lines between topics, behind their boxes. */
export function drawEdges(svg, main, { chosen, pairs }) {
  svg.classList.toggle('behind', chosen === null);
  const frame = main.getBoundingClientRect();
  svg.setAttribute('width', String(main.clientWidth));
  svg.setAttribute('height', String(main.scrollHeight));
  const paths = isOneColumn(main) ? [] : chosen === null ? topicPairs(pairs) : nodePairs(chosen); // below one another lines would cover all words
  svg.replaceChildren(
    ...paths.flatMap(({ from, to, kind }) => {
      const [a, b] = [from, to].map((target) => boxOf(target, frame));
      if (a === null || b === null) return [];
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('class', kind);
      path.setAttribute('d', curve(a, b));
      return [path];
    }),
  );
}

const nodePairs = (chosen) => [
  ...ends(chosen.needsNodes, chosen).map(({ end, many }) => ({ from: chosen.button, to: end, kind: `needs${many}` })),
  ...ends(chosen.neededBy, chosen).map(({ end, many }) => ({ from: end, to: chosen.button, kind: `needed${many}` })),
];

/** Where the lines of these resources end: at each, or at the box of many. Many of the same box stand beside it and are marked: no line. */
function ends(nodes, chosen) {
  return [...Map.groupBy(nodes, ({ topic }) => topic).values()].flatMap((some) => {
    if (some.length <= FEW) return some.map(({ button }) => ({ end: button, many: '' }));
    return some[0].topic === chosen.topic ? [] : [{ end: some[0].button.closest('.topic'), many: ' many' }];
  });
}

const isOneColumn = (main) => main.querySelector('.board').dataset.columns === '1';
const topicPairs = (pairs) => pairs.map(([from, to]) => ({ from, to, kind: 'between' }));

function boxOf(target, frame) {
  if (target.offsetParent === null) return null;
  const { left, top, width, height } = target.getBoundingClientRect();
  return { left: left - frame.left, right: left - frame.left + width, top: top - frame.top, height };
}

/** From side to side where they stand apart; around the left where they stand below one another. */
function curve(a, b) {
  const [ya, yb] = [a, b].map(({ top, height }) => top + Math.min(height / 2, 14));
  if (a.left >= b.right) return bow(a.left, ya, b.right, yb, -1);
  if (b.left >= a.right) return bow(a.right, ya, b.left, yb, 1);
  const left = Math.min(a.left, b.left) - 10;
  return `M${a.left},${ya}C${left},${ya} ${left},${yb} ${b.left},${yb}`;
}

function bow(xa, ya, xb, yb, side) {
  const reach = Math.max(24, Math.abs(xb - xa) / 2) * side;
  return `M${xa},${ya}C${xa + reach},${ya} ${xb - reach},${yb} ${xb},${yb}`;
}
