import type { Problem } from './rule.ts';

/** A value is there, or only known after `up`, or not there. */
export type Read = { readonly kind: 'known'; readonly value: unknown } | { readonly kind: 'unknown' } | { readonly kind: 'missing' };

/** The wire forms of an unknown (pulumi/pulumi, sdk/nodejs/runtime/rpc.ts): of a boolean, a number, a text, a list, an asset, an archive, a map. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);
/** The key of the envelope around a secret; a state has its ciphertext in it, and no value. */
const SECRET = '4dabf18193072939515e22adb298388d';

/** Thrown by reading what is not known yet: the check that asked is undecided, and others go on. */
export class Undecided extends Error {
  /** From the resource's root: `vpcConfig.endpointPublicAccess`. */
  readonly path: string;
  /** Of the reader that met it, whose own list it is. */
  readonly noted: ReadonlySet<string>;
  constructor(path: string, noted: ReadonlySet<string> = new Set()) {
    super(`${path} is not known yet`);
    this.path = path;
    this.noted = noted;
  }
}

/**
 * Reads a resource's properties in three values, whichever source they are from. Reading an unknown throws `Undecided`, but for `has` and `read`; `expect` and `each`
 * catch it for their part alone, so that one unknown hides nothing else.
 */
export class Reader {
  /** Where it stands in the resource; empty at the root. */
  readonly path: string;
  readonly #value: unknown;
  readonly #undecided: Set<string>;

  constructor(value: unknown, path = '', undecided = new Set<string>()) {
    this.#value = value;
    this.path = path;
    this.#undecided = undecided;
  }

  /** Paths that were asked for and are not known. */
  get undecided(): readonly string[] {
    return [...this.#undecided];
  }

  /** Whether it was in this resource that a check met an unknown. */
  met({ noted }: Undecided): boolean {
    return noted === this.#undecided;
  }

  /** `a.b.0.c`, or keys one by one where a key holds a dot. */
  read(path: string | readonly string[]): Read {
    let at: unknown = opened(this.#value);
    if (at === NOT_KNOWN) return { kind: 'unknown' };
    for (const key of keysOf(path)) {
      at = step(at, key);
      if (at === NOT_KNOWN) return { kind: 'unknown' };
      if (at === undefined || at === null) return { kind: 'missing' };
    }
    return at === undefined || at === null ? { kind: 'missing' } : { kind: 'known', value: at };
  }

  /** The value; undefined when it is missing. @throws Undecided */
  get(path: string | readonly string[]): unknown {
    const read = this.read(path);
    if (read.kind === 'unknown') throw this.#unknown(path);
    return read.kind === 'known' ? read.value : undefined;
  }

  /** Whether something is there, known or not: an ARN of a key that is made by the same `up` is one. */
  has(path: string | readonly string[]): boolean {
    return this.read(path).kind !== 'missing';
  }

  /** Undefined when it is missing or no text. @throws Undecided */
  text(path: string | readonly string[]): string | undefined {
    const value = this.get(path);
    return typeof value === 'string' ? value : undefined;
  }

  /** Texts of digits count: providers write numbers as texts. @throws Undecided */
  number(path: string | readonly string[]): number | undefined {
    const value = this.get(path);
    if (typeof value === 'number') return value;
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  }

  /** The texts of a list; a text alone is a list of one. @throws Undecided */
  texts(path: string | readonly string[]): readonly string[] {
    return this.list(path).flatMap((item) => {
      const value = item.get([]);
      return typeof value === 'string' ? [value] : [];
    });
  }

  /** Names of a map's entries. @throws Undecided */
  keys(path: string | readonly string[]): readonly string[] {
    const value = this.get(path);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).filter((key) => !key.startsWith('__')) : [];
  }

  /** A list's elements, a single value as a list of one, nothing for what is missing. @throws Undecided when the list itself is unknown */
  list(path: string | readonly string[]): readonly Reader[] {
    const value = this.get(path);
    if (value === undefined) return [];
    const here = joined(this.path, path);
    if (!Array.isArray(value)) return [new Reader(value, here, this.#undecided)];
    return Array.from({ length: value.length }, (_, index) => new Reader(lazily(value, index), `${here}[${index}]`, this.#undecided));
  }

  /** The reader of a map below; of nothing when there is none. @throws Undecided */
  in(path: string | readonly string[]): Reader {
    return new Reader(this.get(path), joined(this.path, path), this.#undecided);
  }

  /** One problem unless the value holds. What is missing is asked as undefined; what is unknown is undecided, and no problem. */
  expect(path: string, holds: (value: unknown) => boolean, problem: string): readonly Problem[] {
    return this.part(() => (holds(this.get(path)) ? [] : [this.problem(path, problem)]));
  }

  /** The problems of every element of a list, each decided by itself. */
  each(path: string, check: (item: Reader) => readonly Problem[]): readonly Problem[] {
    return this.part(() => this.list(path).flatMap((item) => this.part(() => check(item))));
  }

  /** A part of a check: an unknown in it leaves the others as they are. */
  part(check: () => readonly Problem[]): readonly Problem[] {
    try {
      return check();
    } catch (error) {
      if (error instanceof Undecided) return [];
      throw error;
    }
  }

  problem(path: string, problem: string): Problem {
    return { path: joined(this.path, path), problem };
  }

  #unknown(path: string | readonly string[]): Undecided {
    const whole = joined(this.path, path);
    this.#undecided.add(whole);
    return new Undecided(whole, this.#undecided);
  }
}

const NOT_KNOWN = Symbol('unknown');

/** One key further, out of a secret's envelope. Live packs throw where a value is unknown. */
function step(at: unknown, key: string): unknown {
  if (typeof at !== 'object' || at === null) return undefined;
  try {
    if (!Object.hasOwn(at, key)) return undefined;
    return opened(Reflect.get(at, key));
  } catch (error) {
    if (error instanceof Error && /can't be known during preview/.test(error.message)) return NOT_KNOWN; // UnknownValueError is not exported
    throw error;
  }
}

function opened(value: unknown): unknown {
  if (UNKNOWN.has(value)) return NOT_KNOWN;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, SECRET)) return value;
  return Object.hasOwn(value, 'value') ? opened(Reflect.get(value, 'value')) : NOT_KNOWN;
}

/** An element that is read only when somebody asks: a live pack throws at the first touch. */
function lazily(list: readonly unknown[], index: number): unknown {
  const value = step(list, String(index));
  return value === NOT_KNOWN ? '04da6b54-80e4-46f7-96ec-b56ff0331ba9' : value;
}

const keysOf = (path: string | readonly string[]): readonly string[] => (typeof path === 'string' ? (path === '' ? [] : path.split('.')) : path);

function joined(before: string, path: string | readonly string[]): string {
  const keys = typeof path === 'string' ? path : path.map((key) => (/[./]/.test(key) ? `["${key}"]` : key)).join('.');
  if (before === '' || keys === '') return before + keys;
  return keys.startsWith('[') ? `${before}${keys}` : `${before}.${keys}`;
}
