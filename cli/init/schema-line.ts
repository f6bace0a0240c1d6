import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * The first line of a file, by which editors complete and check it: the schema in `schemas/` or `tenants/schemas/` of a folder above, as a path
 * from where the file lies; else its published address.
 */
export function schemaLine(file: string, schema: 'model' | 'tenant'): string {
  const name = `${schema}.v1alpha1.json`;
  const from = dirname(file);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = [join(folder, 'schemas', name), join(folder, 'tenants', 'schemas', name)].find((path) => existsSync(path));
    if (found !== undefined) return line(relative(from, found).split(sep).join('/'));
    if (folder === dirname(folder)) return line(`https://weir.dev/schemas/${name}`);
  }
}

const line = (address: string): string => `# yaml-language-server: $schema=${address}\n`;
