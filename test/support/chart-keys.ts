import { existsSync, readFileSync } from 'node:fs';

/** Which values a chart knows, as read from its values and templates on a day: what can be checked of a chart that cannot be had. */
export interface ChartKeys {
  readonly chart: string;
  readonly version: string;
  /** The repository and the place in it. */
  readonly source: string;
  /** ISO date. */
  readonly readOn: string;
  /**
   * Paths of values, keys joined by `.`, a dot in a key as `\.`: each that its values.yaml gives, and each that a template reads. Of what a template
   * writes out whole, and of lists, only the place: what lies below is the user's own.
   */
  readonly keys: readonly string[];
}

/** Null for a chart without a list: those that Go modules carry need none. */
export function chartKeys(chart: string): ChartKeys | null {
  const file = `charts/keys/${chart}.json`;
  if (!existsSync(file)) return null;
  const keys: ChartKeys = JSON.parse(readFileSync(file, 'utf8'));
  return keys;
}

/** Paths of values that the chart does not know: Helm takes them in silence, and nothing comes of them. */
export function unknownKeys(values: unknown, { keys }: ChartKeys): readonly string[] {
  const known = new Set(keys);
  const below = (value: unknown, path: string): readonly string[] => {
    if (known.has(path)) return [];
    const inner = isMap(value) ? Object.entries(value) : [];
    if (inner.length === 0) return keys.some((key) => key.startsWith(`${path}.`)) ? [] : [path];
    return inner.flatMap(([key, child]) => below(child, `${path}.${escaped(key)}`));
  };
  return isMap(values) ? Object.entries(values).flatMap(([key, child]) => below(child, escaped(key))) : [];
}

const escaped = (key: string): string => key.replaceAll('.', String.raw`\.`);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
