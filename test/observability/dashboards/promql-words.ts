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
