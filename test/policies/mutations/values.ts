/** The value at a path of keys and indices; undefined when there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (at: unknown, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  );
}

/** A copy with another value at the path; undefined takes the key out, and what is missing on the way is made. */
export function changedAt(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    const list: unknown[] = [...value];
    const changed = changedAt(list[Number(key)], rest, to);
    if (changed === undefined) list.splice(Number(key), 1);
    else list[Number(key)] = changed;
    return list;
  }
  const before: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const { [key]: inner, ...others } = before;
  const changed = changedAt(inner, rest, to);
  return changed === undefined ? others : { ...before, [key]: changed };
}

/** Other values that a person might write there, the plainest first. */
export function others(value: unknown): readonly unknown[] {
  if (value === undefined) return [true, '*', 'x', 1];
  if (typeof value === 'boolean') return [!value, undefined];
  if (typeof value === 'number') return [undefined, 0, value + 1, value * 100];
  if (typeof value === 'string') return [undefined, '*', 'x', ''];
  if (Array.isArray(value)) return [undefined, [], value.slice(1)];
  return [undefined];
}
