import { Reader } from './reader.ts';

/**
 * A map that a property holds as JSON: policy documents, settings of an add-on, nested inputs of a provider. SDKs take most of them as a map too, so both are
 * read. A reader of nothing where there is none, or no JSON: whoever takes it will refuse it. @throws Undecided
 */
export function embedded(holder: Reader, path: string): Reader {
  const value = holder.get(path);
  return typeof value === 'string' ? new Reader(parsed(value), holder.problem(path, '').path) : holder.in(path);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
