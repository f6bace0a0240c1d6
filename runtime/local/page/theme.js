const dark = matchMedia('(prefers-color-scheme: dark)');

/** Colours of the canvas, out of the style sheet: one palette for both. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** Calls back when the reader's system turns dark or light; returns what ends it. */
export function onTheme(callback) {
  dark.addEventListener('change', callback);
  return () => dark.removeEventListener('change', callback);
}
