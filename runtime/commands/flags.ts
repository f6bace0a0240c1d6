import { parseArgs } from 'node:util';
import { ArgsError, messageOf } from '../errors.ts';

/** A flag of a command: `--<name>=<value>`, or `--<name>` alone where `value` is null. */
export interface Flag {
  readonly name: string;
  /** What stands for the value in the help text; null: the flag has none. */
  readonly value: string | null;
  readonly meaning: string;
  /** May be given several times. Default false: the last one counts. */
  readonly many?: boolean;
}

/** The flags of one start. */
export interface Given {
  readonly has: (name: string) => boolean;
  /** Null when it was not given. */
  readonly value: (name: string) => string | null;
  /** In the order in which they were given. */
  readonly values: (name: string) => readonly string[];
  /** @throws ArgsError when it was not given */
  readonly required: (name: string) => string;
  /** A whole number of this or more; `usual` when it was not given. @throws ArgsError for anything else */
  readonly number: (name: string, least: number, usual: number) => number;
}

/** @throws ArgsError for a flag that is unknown, has no value or has one too many */
export function readFlags(flags: readonly Flag[], args: readonly string[]): Given {
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [name, { type: value === null ? 'boolean' : 'string', multiple: true } as const]),
  );
  const all = parsed(options, args);
  const values = (name: string): readonly string[] => all[name]?.map(String) ?? [];
  const value = (name: string): string | null => values(name).at(-1) ?? null;
  return {
    has: (name) => values(name).length > 0,
    value,
    values,
    required: (name) => {
      const given = value(name);
      if (given === null || given === '') throw new ArgsError(`--${name}`, given === null ? 'is missing' : 'is empty', `Give --${name}=…`);
      return given;
    },
    number: (name, least, usual) => numberOf(name, value(name), least, usual),
  };
}

type Options = Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly multiple: true }>>;

function parsed(options: Options, args: readonly string[]): Readonly<Record<string, readonly (string | boolean)[] | undefined>> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new ArgsError('arguments', messageOf(error).replace(/\. .*$/s, ''), 'See --help.', { cause: error });
  }
}

function numberOf(name: string, given: string | null, least: number, usual: number): number {
  if (given === null) return usual;
  const number = Number(given);
  if (/^\d{1,15}$/.test(given) && number >= least) return number;
  throw new ArgsError(`--${name}`, `is "${given}"`, `Give a whole number of ${least} or more.`);
}
