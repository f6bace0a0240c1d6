import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Document, isCollection, visit } from 'yaml';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';

/** Maps and lists up to this many characters stand on one line. */
const ONE_LINE = 190;

/** Objects as a person reviews them: short parts on one line, and of slot b's objects only the lines in which they differ from slot a's. */
export function reviewable(objects: readonly KubernetesObject[]): string {
  const texts = new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, linesOf(object)]));
  return [...texts].map(([name, lines]) => `# ${name}${bodyOf(lines, texts.get(name.replace(/-b$/, '-a')), name)}\n`).join('');
}

function bodyOf(lines: readonly string[], other: readonly string[] | undefined, name: string): string {
  if (other === undefined || other === lines || other.length !== lines.length) return `\n${lines.join('\n')}`;
  const differing = lines.filter((line, index) => line !== other[index]);
  return ` is ${name.replace(/-b$/, '-a')} but for\n${differing.join('\n')}`;
}

/** The innermost blocks of a text in Protobuf's format, and those around them, on one line where they fit. */
function joined(text: string): string {
  const shorter = text.replaceAll(/\{\n\s*([^{}]*?|[^{}]*\{ [^{}]* \}[^{}]*?)\s*\n\s*\}/g, (block, inner: string) => {
    const line = `{ ${inner.trim().replaceAll(/\n\s*/g, ', ')} }`;
    return line.length <= ONE_LINE / 2 ? line : block;
  });
  return shorter === text ? text : joined(shorter);
}

/** Files inside of a ConfigMap, as short as the objects around them; nothing but blanks is lost. */
function unfolded(data: unknown): unknown {
  const files: Readonly<Record<string, string>> = JSON.parse(JSON.stringify(data));
  return Object.fromEntries(
    Object.entries(files).map(([name, text]): [string, unknown] => [name, name.endsWith('.json') ? JSON.parse(text) : joined(text)]),
  );
}

function linesOf({ data, ...rest }: KubernetesObject): readonly string[] {
  const document = new Document(data === undefined ? rest : { ...rest, data: unfolded(data) }, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_key, node, path) {
      if (path.length > 1 && isCollection(node) && JSON.stringify(node).length <= ONE_LINE) node.flow = true;
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd().split('\n');
}

/** What `test/golden/<name>` holds; `UPDATE_GOLDENS=1` writes this text into it first. */
export function goldenText(name: string, text: string): string {
  const path = fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return readFileSync(path, 'utf8');
}
