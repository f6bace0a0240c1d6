import { ArgsError } from '../../runtime/errors.ts';

/** Versions of External Secrets' kinds (chart 2.9.0). */
export const EXTERNAL_SECRETS = { api: 'external-secrets.io/v1', generators: 'generators.external-secrets.io/v1alpha1' } as const;

/** @throws ArgsError for a key that Kubernetes refuses in a Secret */
export function keyIn(secretName: string, key: string): string {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(key)) return key;
  throw new ArgsError(`secret ${secretName}`, `"${key}" is no key of a Secret`, 'Use letters, digits, hyphens, dots and underscores.');
}
