import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/sources.ts';

export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of the Dockerfile: comments left out, continued lines joined. */
export function instructions(): readonly Instruction[] {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(' ')[0] ?? '', rest: line.replace(/^\S+\s+/, '') }));
}

/** What its COPY instructions take from the builder's context. */
export function copied(): readonly { readonly source: string; readonly to: string }[] {
  return instructions()
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => {
      const [to = '', ...sources] = rest.split(/\s+/).toReversed();
      return sources.map((source) => ({ source, to: to.endsWith('/') ? join(to, source) : to }));
    });
}

/** The folder that the first stage works in, laid as its COPY instructions lay it. */
export function layContext(folder: string): void {
  for (const { source, to } of copied()) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(ROOT, source), join(folder, to), { recursive: true });
  }
}
