import { readFileSync } from 'node:fs';
import { type ClassElement, type Comment, parseSync, type TSSignature } from 'oxc-parser';

/** A field of an exported interface or class. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** Its doc comment as one text, without tags. */
  readonly doc: string;
}

/** An exported interface or class of a TypeScript file. */
export interface Declared {
  readonly kind: 'interface' | 'class';
  readonly name: string;
  /** What a class extends; empty for none. */
  readonly base: string;
  readonly doc: string;
  /** Texts of the `@example` tags. */
  readonly examples: readonly string[];
  /** Fields that others see: private ones and methods are left out. */
  readonly fields: readonly Field[];
}

/** The exported interfaces and classes of a file, with their comments. @throws when the file cannot be parsed */
export function declarationsOf(path: string): readonly Declared[] {
  const text = readFileSync(path, 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return program.body.flatMap((node): readonly Declared[] => {
    const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : null;
    if (declared?.type !== 'TSInterfaceDeclaration' && declared?.type !== 'ClassDeclaration') return [];
    const comment = commentAbove(comments, text, node.start);
    const name = declared.id?.name ?? '';
    if (declared.type === 'TSInterfaceDeclaration') {
      return [
        {
          kind: 'interface' as const,
          name,
          base: '',
          ...docOf(comment),
          fields: declared.body.body.flatMap((member) => fieldOf(member, comments, text)),
        },
      ];
    }
    const base = declared.superClass?.type === 'Identifier' ? declared.superClass.name : '';
    return [
      { kind: 'class' as const, name, base, ...docOf(comment), fields: declared.body.body.flatMap((member) => fieldOf(member, comments, text)) },
    ];
  });
}

function fieldOf(member: TSSignature | ClassElement, comments: readonly Comment[], text: string): readonly Field[] {
  if (member.type !== 'TSPropertySignature' && member.type !== 'PropertyDefinition') return [];
  const { key, typeAnnotation, optional = false, start } = member;
  if (key.type !== 'Identifier' || ('accessibility' in member && typeof member.accessibility === 'string')) return [];
  const type = typeAnnotation?.typeAnnotation;
  const shown = type === undefined ? '' : text.slice(type.start, type.end).replaceAll(/\s+/g, ' ');
  return [{ name: key.name, type: shown, optional, doc: docOf(commentAbove(comments, text, start)).doc }];
}

/** The doc comment that ends where the node begins, but for blanks. */
function commentAbove(comments: readonly Comment[], text: string, start: number): string {
  const found = comments.find(
    ({ type, value, end }) => type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  );
  return found?.value ?? '';
}

function docOf(comment: string): { readonly doc: string; readonly examples: readonly string[] } {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*+ ?/, '').trimEnd());
  const [doc = '', ...tags] = lines.join('\n').split(/^\s*@/m);
  const examples = tags.flatMap((tag) => (tag.startsWith('example') ? [tag.slice('example'.length).trim()] : []));
  return { doc: doc.replaceAll(/\s+/g, ' ').trim(), examples };
}
