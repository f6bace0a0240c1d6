import { ArgsError } from '../errors.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/**
 * Refuses (ArgsError) a model, version or alias whose name could not safely be one folder: 1 to 63 letters, digits, dots, hyphens or
 * underscores, the first one a letter or a digit. So no name climbs out of the registry, hides or is read as an option.
 */
export function assertName(what: 'model' | 'version' | 'alias', name: string): void {
  if (NAME.test(name)) return;
  throw new ArgsError(
    `registry ${what}`,
    `${JSON.stringify(name)} is not a name`,
    'Use 1 to 63 of A-Z a-z 0-9 . _ - and begin with a letter or a digit.',
  );
}
