import { ArgsError } from '../errors.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A DNS label (RFC 1123), as Kubernetes wants it of names: also what keeps a name from being a path. */
export function isLabel(name: string): boolean {
  return LABEL.test(name);
}

export function checkLabel(path: string, name: string): void {
  if (isLabel(name)) return;
  const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  throw new ArgsError(path, `"${shown}" is not a name`, 'Use 1 to 63 small letters, digits and "-", with a letter or digit at both ends.');
}

/** Both halves of `tenant/name`. */
export function parseKey(key: string): { readonly tenant: string; readonly name: string } {
  const [tenant = '', name = '', ...more] = key.split('/');
  if (more.length > 0 || name === '') throw new ArgsError('model', `"${key.slice(0, 100)}" is not a model`, 'Give <tenant>/<name>.');
  checkLabel('model.tenant', tenant);
  checkLabel('model.name', name);
  return { tenant, name };
}
