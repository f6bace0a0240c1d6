import htm from './vendor/htm.js';
import { Component, createRef, h, render } from './vendor/preact.js';

/** Tagged templates instead of JSX: no build step. Every interpolated string becomes a text node, so a name is never markup. */
const html = htm.bind(h);

export { Component, createRef, html, render };
