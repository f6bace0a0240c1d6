import { readFileSync } from 'node:fs';

/** Files below cli/generate/examples/tenants, which tests validate as a folder of tenants. */
const FOLDER = new URL('../examples/tenants/', import.meta.url);

/**
 * An example file as a block of a page, complete: copied below `tenants/` it validates. Its first line names the schema as it is found from there.
 * @param path Below the folder of examples: `bank/models/fraud.yaml`.
 */
export function exampleBlock(path: string): readonly string[] {
  const text = readFileSync(new URL(path, FOLDER), 'utf8').trimEnd();
  const up = '../'.repeat(path.split('/').length - 1);
  return ['```yaml', text.replace(/(?<=^# yaml-language-server: \$schema=)\S*(?=schemas\/)/, up), '```', ''];
}
