/** An element with attributes and children; `on` holds its listeners. */
export function element(name, { on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children);
  return made;
}

/** `$1,234`, `$0.40`; nothing for what costs nothing. */
export function dollars(usd) {
  if (usd === 0) return '';
  return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: usd < 10 ? 2 : 0 });
}

/** `1 resource`, `12 resources`. */
export const counted = (count, what) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** What a resource is called where only words are heard: with its kind and what becomes of it. */
export function spoken(node) {
  const change = { added: 'added', removed: 'removed', changed: 'changed', replaced: 'replaced', mayReplace: 'perhaps replaced', refused: 'refused' };
  return [node.name, node.kind, change[node.change], ...node.marks].filter(Boolean).join(', ');
}

/** The sign of a change, so that colour only repeats it. */
export const SIGNS = { added: '+ ', removed: '− ', changed: '~ ', replaced: '−/+ ', mayReplace: '~? ', refused: '! ' };
