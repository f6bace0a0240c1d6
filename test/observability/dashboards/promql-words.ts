/** Labels and words of the language that are no series; functions are told by their bracket. */
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'inf', 'nan']);

/** Series that a query asks for: its names, without texts, matchers, ranges and lists of labels. */
export function seriesIn(query: string): readonly string[] {
  const bare = query
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset\s+\w+/g, ' ');
  const names = [...bare.matchAll(/(?<![\w:.$])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([name]) => name);
  return [...new Set(names.filter((name) => !WORDS.has(name.toLowerCase())))];
}

/** The query as Grafana would send it: each variable replaced. */
export function filledIn(query: string, rateInterval: string): string {
  return query
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll('$__range', '1h')
    .replaceAll('$tenant', 'acme')
    .replaceAll('$model', 'fraud')
    .replaceAll('$version', '.*');
}

/** Variables that a text of a dashboard uses: `$name`, `${name}`, `${name:format}`; `$1` of a replacement is none. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$(?:\{([a-zA-Z_]\w*)[^}]*\}|([a-zA-Z_]\w*))/g)].map(([, braced, plain]) => braced ?? plain ?? '');
}
