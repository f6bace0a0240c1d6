/** A name could hold what markdown or HTML acts on, or call a person. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\\<>|`*_[\]~#&]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll(/\s*[\r\n]+\s*/g, ' ');
