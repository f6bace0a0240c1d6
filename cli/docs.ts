import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cliPage } from './docs-cli.ts';
import { modelFilePage } from './docs-model-file.ts';

/** The pages that are made from code, by path: `node cli/docs.ts` writes them, and a test finds them stale. */
export function generatedPages(): Readonly<Record<string, string>> {
  return { 'docs/cli.md': cliPage(), 'docs/model-file.md': modelFilePage() };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(generatedPages())) writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
}
