import { existsSync, readFileSync } from 'node:fs';

/** Which values a chart knows, as read from its values and templates on a day: what can be checked of a chart that cannot be had. */
export interface ChartKeys {
  readonly chart: string;
  readonly version: string;
  /** The repository and the place in it. */
  readonly source: string;
  /** ISO date. */
  readonly readOn: string;
  /** Paths of values, keys joined by `.`, a dot in a key as `\.`. */
  readonly keys: readonly string[];
  /** Paths of values that are empty by default, or that only templates know: what lies below them is not told. */
  readonly free: readonly string[];
}

/** Null for a chart without a list: those that Go modules carry need none. */
export function chartKeys(chart: string): ChartKeys | null {
  const file = `charts/keys/${chart}.json`;
  if (!existsSync(file)) return null;
  const keys: ChartKeys = JSON.parse(readFileSync(file, 'utf8'));
  return keys;
}

/** Paths of values that the chart does not know: Helm takes them in silence, and nothing comes of them. */
export function unknownKeys(values: unknown, { keys, free }: ChartKeys): readonly string[] {
  const known = new Set(keys);
  const open = new Set(free);
  const below = (value: unknown, path: string): readonly string[] => {
    if (open.has(path)) return [];
    if (!isMap(value) || Object.keys(value).length === 0) return known.has(path) || keys.some((key) => key.startsWith(`${path}.`)) ? [] : [path];
    if (known.has(path)) return []; // one value by default, a map by ours: the template takes it as it is
    return Object.entries(value).flatMap(([key, child]) => below(child, path === '' ? escaped(key) : `${path}.${escaped(key)}`));
  };
  return isMap(values) ? below(values, '') : [];
}

const escaped = (key: string): string => key.replaceAll('.', String.raw`\.`);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
