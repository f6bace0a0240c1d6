import type { Reader } from '../../reader.ts';

export const CONFIGURATION = 'aws:msk/configuration:Configuration';

/** The broker's properties that an MSK configuration sets; what it leaves out is MSK's default. @throws Undecided */
export function serverPropertiesOf(configuration: Reader): ReadonlyMap<string, string> {
  const lines = (configuration.text('serverProperties') ?? '').split(/\r?\n/).filter((line) => !/^\s*[#!]/.test(line));
  return new Map(
    lines.flatMap((line): readonly [string, string][] => {
      const [, key, value] = /^\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}
