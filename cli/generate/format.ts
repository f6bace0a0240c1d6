import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** A text as the project's formatter writes a file of this name: what is generated is never reformatted after. @throws in the formatter's words */
export function formatted(path: string, text: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], { encoding: 'utf8', input: text });
}
