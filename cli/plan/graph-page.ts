import { readFileSync } from 'node:fs';
import type { PageData } from './graph-data.ts';

/** In the order in which they stand in the page: what is used comes first. */
const STYLES = ['../../../runtime/local/page/tokens.css', 'page.css', 'board.css', 'panel.css'];
const SCRIPTS = ['parts.js', 'board.js', 'edges.js', 'panel.js', 'main.js'];

/** One file that needs no other: styles, scripts and data lie in it, and its own policy forbids it to ask for anything. */
export function graphPage(data: PageData): string {
  const parts: Readonly<Record<string, () => string>> = {
    TITLE: () => escaped(data.title),
    '/* STYLE */': () => STYLES.map(asset).join('\n'),
    '/* SCRIPT */': () => SCRIPTS.map((name) => withoutModules(asset(name))).join('\n'),
    '"DATA"': () => JSON.stringify(data).replaceAll('<', String.raw`\u003c`),
  };
  return asset('page.html').replaceAll(/TITLE|\/\* STYLE \*\/|\/\* SCRIPT \*\/|"DATA"/g, (word) => parts[word]?.() ?? word); // in one pass: a name may hold such a word
}

const asset = (name: string): string => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');

/** The modules become one: imports and exports name what stands beside them. */
const withoutModules = (script: string): string =>
  script.replaceAll(/^import [^;]*;\n/gm, '').replaceAll(/^export (?=function|const|let|class|async)/gm, '');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
