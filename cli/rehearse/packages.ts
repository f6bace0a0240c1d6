import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ArgsError } from '../../runtime/errors.ts';

/** A Pulumi package of the program: one that a provider plugin serves. */
export interface ProviderPackage {
  /** As types begin: `aws`. */
  readonly name: string;
  readonly version: string;
  /** Where it is installed. */
  readonly folder: string;
}

/** The folder of installed packages that a program at `project` uses. @throws ArgsError when there is none. */
export function modulesOf(project: string): string {
  try {
    const found = createRequire(join(resolve(project), 'package.json')).resolve('@pulumi/pulumi/package.json');
    return dirname(dirname(dirname(found)));
  } catch (cause) {
    throw new ArgsError(project, 'its packages are not installed: there is no @pulumi/pulumi', 'Run npm ci there first.', { cause });
  }
}

/** Every package in node_modules that says it needs a provider plugin, as the Node language host finds them. */
export function providerPackages(modules: string): readonly ProviderPackage[] {
  const scope = join(modules, '@pulumi');
  return readdirSync(scope)
    .map((entry) => join(scope, entry))
    .flatMap((folder) => {
      const file = join(folder, 'package.json');
      if (!existsSync(file)) return [];
      const pack: { readonly version: string; readonly pulumi?: { readonly resource?: boolean; readonly name?: string; readonly version?: string } } =
        JSON.parse(readFileSync(file, 'utf8'));
      const { resource = false, name, version = pack.version } = pack.pulumi ?? {};
      return resource && name !== undefined ? [{ name, version: version.replace(/^v/, ''), folder }] : [];
    });
}
