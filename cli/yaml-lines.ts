import { stringify } from 'yaml';

/** Longer lines are broken over several: a reviewer's window is 110 wide. */
const WIDTH = 100;

/** Words that an older YAML reads as booleans or numbers are quoted (`compat`): editors and other tools still follow it. */
const OPTIONS = { compat: 'yaml-1.1', lineWidth: 0, flowCollectionPadding: false } as const;

/** A file of one line per section where that fits; sections without a value are left out. */
export function yamlLines(sections: Readonly<Record<string, unknown>>): string {
  return Object.entries(sections)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => section(key, value))
    .join('');
}

function section(key: string, value: unknown): string {
  const short = `${flowText(key)}: ${flowText(value)}`;
  return short.length <= WIDTH ? `${short}\n` : stringify({ [key]: value }, OPTIONS);
}

/** Any value on one line: `{ kind: numeric, domain: { min: 0, max: 1 } }`, `[a, b]`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${flowText(key)}: ${flowText(item)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value); // also YAML, and one line
  return stringify([value], { ...OPTIONS, collectionStyle: 'flow' })
    .trim()
    .slice(1, -1);
}
