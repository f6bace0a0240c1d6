/** How the engine writes a value that is known only after deployment. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** The key of the envelope around a secret, whose `value` is the secret. */
const SECRET_KEY = '4dabf18193072939515e22adb298388d';

/**
 * Reads a resource's inputs by path (`scalingConfig.desiredSize`, `blockDeviceMappings.0.ebs`). What is known only after deployment reads as NaN
 * or as UNKNOWN, which every calculation carries on, and is remembered by its path.
 */
export class InputReader {
  readonly #inputs: Readonly<Record<string, unknown>>;
  readonly #unknown = new Set<string>();

  constructor(inputs: Readonly<Record<string, unknown>>) {
    this.#inputs = inputs;
  }

  /** Paths that were read and are known only after deployment. */
  get unknown(): readonly string[] {
    return [...this.#unknown];
  }

  /** NaN when unknown. */
  number(path: string, otherwise: number): number {
    const value = this.#at(path);
    if (value === UNKNOWN) return Number.NaN;
    if (value === undefined) return otherwise;
    const number = typeof value === 'string' && value !== '' ? Number(value) : value; // providers take "50" for 50
    return typeof number === 'number' ? number : Number.NaN;
  }

  /** UNKNOWN when unknown. */
  text(path: string, otherwise: string): string {
    const value = this.#at(path);
    return typeof value === 'string' ? value : otherwise;
  }

  /** One of two numbers by a flag; NaN when the flag is unknown. */
  factor(path: string, whenTrue: number, otherwise: number): number {
    const value = this.#at(path);
    if (value === UNKNOWN) return Number.NaN;
    return value === true ? whenTrue : otherwise;
  }

  /** How many members a list has, 0 for none; NaN when the list itself is unknown. Unknown members count. */
  size(path: string): number {
    const value = this.#at(path);
    if (value === UNKNOWN) return Number.NaN;
    return Array.isArray(value) ? value.length : 0;
  }

  /** Whether anything but `false` stands there, unknown or not. */
  has(path: string): boolean {
    const value = this.#at(path);
    return value !== undefined && value !== false;
  }

  #at(path: string): unknown {
    let value: unknown = this.#inputs;
    for (const key of path.split('.')) value = memberOf(value, key);
    const plain = unwrapped(value);
    if (plain === UNKNOWN) this.#unknown.add(path);
    return plain ?? undefined;
  }
}

/** Members of what is unknown are unknown. */
function memberOf(value: unknown, key: string): unknown {
  const holder = unwrapped(value);
  if (holder === UNKNOWN) return UNKNOWN;
  if (typeof holder !== 'object' || holder === null) return undefined;
  return new Map<string, unknown>(Object.entries(holder)).get(key);
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(SECRET_KEY in value)) return value;
  return 'value' in value ? unwrapped(value.value) : undefined;
}
