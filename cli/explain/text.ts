import type { LoadedModel } from '../../runtime/model/loaded.ts';
import type { EffectiveModel } from '../../runtime/model/model-file.ts';
import type { Path } from '../../runtime/model/read/locate.ts';
import { type Line, linesOf } from './lines.ts';

/** The spec of a model file: what lies in the folder's name, not in the file, is left out. */
export function specOf({ model }: Pick<LoadedModel, 'model'>): EffectiveModel {
  const { tenant: _tenant, ...spec } = model;
  return spec;
}

/** The whole effective spec, or a part of it, as a model file again: each value with its origin behind it, aligned within a section. */
export function explainText(loaded: LoadedModel, only: Path): string {
  const shown = { origins: loaded.origins, only };
  const lines = linesOf(shown, { ...specOf(loaded) }, [], '');
  return sectionsOf(lines).flatMap(aligned).join('\n');
}

/** A section begins at the left margin; the short ones are one group together. */
function sectionsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const sections: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const isTop = !line.text.startsWith(' ');
    const joins = !isTop || (line.comment !== '' && before !== undefined && before.comment !== '' && !before.text.startsWith(' '));
    if (joins && sections.length > 0) sections.at(-1)?.push(line);
    else sections.push([line]);
    before = line;
  }
  return sections;
}

function aligned(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(({ text, comment }) => (comment === '' ? 0 : text.length)));
  return lines.map(({ text, comment }) => (comment === '' ? text : `${text.padEnd(width)}  # ${comment}`));
}
